package io.walnutedge.sensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The drivers of a kind, as the build registers them for {@link java.util.ServiceLoader}. The name of a driver's class is
 * its type ({@code Sht4x} for {@code sht4x}), or the type and what it is ({@code LedOutput} for {@code led}), so that
 * one is found without loading the classes of all others. Immutable; any thread.
 */
public final class Registered<T> {
    private final Class<T> kind;
    private final String suffix;
    /** The names of their classes, by type without dashes. */
    private final Map<String, String> classes = new HashMap<>();

    /** @param suffix what the name of a class may have behind the type */
    public Registered(Class<T> kind, String suffix) {
        this.kind = kind;
        this.suffix = suffix;
        list(kind).lines().forEach(name -> classes.put(type(name), name));
    }

    private static String list(Class<?> kind) {
        // that of this jar: to look for others would open them all, which is left to what needs it
        try (InputStream list = kind.getResourceAsStream("/META-INF/services/" + kind.getName())) {
            return new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private String type(String className) {
        var simple = className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
        var stem = simple.endsWith(suffix) ? simple.substring(0, simple.length() - suffix.length()) : simple;
        return stem.toLowerCase(Locale.ROOT);
    }

    /** The driver in this jar whose class is named so, made anew. */
    public Optional<T> find(String type) {
        return Optional.ofNullable(classes.get(type.replace("-", ""))).map(this::create);
    }

    /** Those of all jars, made anew. */
    public List<T> all() {
        return ServiceLoader.load(kind, kind.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    private T create(String name) {
        try {
            return kind.cast(Class.forName(name).getConstructor().newInstance());
        } catch (ReflectiveOperationException unusable) {
            throw new IllegalStateException(name, unusable);
        }
    }
}
