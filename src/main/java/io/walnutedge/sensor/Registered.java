package io.walnutedge.sensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The drivers of a kind by name, as the build registers them for {@link java.util.ServiceLoader}. The name of a driver's
 * class is its type ({@code Sht4x} for {@code sht4x}), or the type and what it is ({@code LedOutput} for {@code led}), so
 * that one is found without loading the classes of all others; for any other name all of them are made. Any thread.
 */
public final class Registered<T> {
    private final Function<T, String> name;
    /** Makes a driver by its class. */
    private final Function<String, T> maker;
    /** The names of the classes in this jar, by type without dashes. */
    private final Map<String, String> classes;

    private final Supplier<List<T>> loader;
    private final Map<String, T> byName = new TreeMap<>();

    private Registered(
            Function<T, String> name,
            Function<String, T> maker,
            Map<String, String> classes,
            Supplier<List<T>> loader) {
        this.name = name;
        this.maker = maker;
        this.classes = classes;
        this.loader = loader;
    }

    /**
     * Those on the class path.
     *
     * @param suffix what the name of a class may have behind the type
     */
    public static <T> Registered<T> installed(Class<T> kind, String suffix, Function<T, String> name) {
        var classes = new HashMap<String, String>();
        list(kind).lines().forEach(each -> classes.put(type(each, suffix), each));
        return new Registered<>(
                name,
                each -> create(kind, each),
                classes,
                () -> ServiceLoader.load(kind, kind.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList());
    }

    /** These and no others. */
    public static <T> Registered<T> of(List<T> drivers, Function<T, String> name) {
        return new Registered<>(
                name,
                none -> {
                    throw new IllegalArgumentException(none);
                },
                Map.of(),
                () -> drivers);
    }

    private static String list(Class<?> kind) {
        // that of this jar: to look for others would open them all, which is left to what needs it
        try (InputStream list = kind.getResourceAsStream("/META-INF/services/" + kind.getName())) {
            return new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String type(String className, String suffix) {
        var simple = className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
        var stem = simple.endsWith(suffix) ? simple.substring(0, simple.length() - suffix.length()) : simple;
        return stem.toLowerCase(Locale.ROOT);
    }

    private static <T> T create(Class<T> kind, String className) {
        try {
            return kind.cast(Class.forName(className).getConstructor().newInstance());
        } catch (ReflectiveOperationException unusable) {
            throw new IllegalStateException(className, unusable);
        }
    }

    public Optional<T> find(String wanted) {
        return byClass(wanted).or(() -> Optional.ofNullable(all().get(wanted)));
    }

    /** The one in this jar whose class is named so, made without the others. */
    Optional<T> byClass(String wanted) {
        return Optional.ofNullable(classes.get(wanted.replace("-", "")))
                .map(maker)
                .filter(driver -> name.apply(driver).equals(wanted));
    }

    /** All of them, in the order of their names. */
    public synchronized Map<String, T> all() {
        if (byName.isEmpty()) {
            for (var driver : loader.get()) {
                if (byName.put(name.apply(driver), driver) != null) {
                    throw new IllegalStateException("two drivers of the name " + name.apply(driver));
                }
            }
        }
        return Collections.unmodifiableMap(byName);
    }
}
