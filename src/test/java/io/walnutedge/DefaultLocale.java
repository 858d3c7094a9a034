package io.walnutedge;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Calls and method references whose result depends on the default locale. The JDK itself says which: what can be given a
 * {@link Locale} besides, takes the default without one. The few that cannot be given one stand below.
 */
public final class DefaultLocale extends ArchCondition<JavaClass> {
    /** Those without a twin that takes a locale, as {@code class.name(parameters)}. */
    private static final Pattern WITHOUT_TWIN = Pattern.compile(String.join(
            "|",
            "java\\.lang\\.String\\.formatted\\(.*",
            "java\\.util\\.Locale\\.getDefault\\(.*",
            "java\\.util\\.Scanner\\.<init>\\(.*",
            "java\\.util\\.Formatter\\.<init>\\((?!.*Locale).*",
            "java\\.util\\.Date\\.to(Locale|GMT)String\\(.*",
            "java\\.text\\.(Decimal|Choice|SimpleDate|Message|CompactNumber)Format\\.<init>\\((?!.*(Locale|Symbols)).*",
            "java\\.text\\.MessageFormat\\.format\\(String,.*",
            "java\\.text\\.(Number|Date)Format\\.get\\w*Instance\\((?!.*Locale).*",
            "java\\.time\\.format\\.DateTimeFormatter\\.ofLocalized\\w*\\(.*",
            "java\\.time\\.format\\.DateTimeFormatterBuilder\\.appendLocalized\\w*\\(.*",
            "java\\.io\\.Console\\.(format|printf|readLine|readPassword)\\(String.*"));

    public DefaultLocale() {
        super("depend on the default locale");
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        for (var access : item.getCodeUnitAccessesFromSelf()) {
            if (isDependent(access)) {
                events.add(SimpleConditionEvent.satisfied(access, access.getDescription()));
            }
        }
    }

    private static boolean isDependent(JavaCodeUnitAccess<?> access) {
        var target = access.getTarget();
        var parameters =
                target.getRawParameterTypes().stream().map(JavaClass::getName).toList();
        return supertypes(target.getOwner().getName()).stream()
                .filter(type -> type.getName().matches("(java|javax|jdk)\\..*"))
                .anyMatch(type -> isDependent(type, target.getName(), parameters));
    }

    static boolean isDependent(Class<?> owner, String name, List<String> parameters) {
        var candidates = name.equals(JavaConstructor.CONSTRUCTOR_NAME)
                ? Arrays.<Executable>stream(owner.getConstructors())
                : Arrays.<Executable>stream(owner.getMethods())
                        .filter(method -> method.getName().equals(name));
        return WITHOUT_TWIN
                        .matcher(owner.getName() + "." + name + "(" + String.join(",", simple(parameters)) + ")")
                        .matches()
                || candidates.anyMatch(twin -> isTwin(twin, parameters));
    }

    private static List<String> simple(List<String> types) {
        return types.stream().map(type -> type.replaceFirst(".*\\.", "")).toList();
    }

    /** The same parameters and a locale among them. */
    private static boolean isTwin(Executable executable, List<String> parameters) {
        var types = new ArrayList<>(Arrays.stream(executable.getParameterTypes())
                .map(Class::getName)
                .toList());
        return types.remove(Locale.class.getName()) && types.equals(parameters);
    }

    private static Set<Class<?>> supertypes(String name) {
        var types = new HashSet<Class<?>>();
        try {
            add(types, Class.forName(name, false, DefaultLocale.class.getClassLoader()));
        } catch (ClassNotFoundException array) {
            // an array's methods know no locale
        }
        return types;
    }

    private static void add(Set<Class<?>> types, Class<?> type) {
        if (types.add(type)) {
            Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                    .forEach(each -> add(types, each));
        }
    }
}
