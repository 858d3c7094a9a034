package io.walnutedge.cli;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of JSON for who shows it: what is missing or of another type is empty, 0 or false. Immutable; any thread. */
record JsonView(Map<String, @Nullable Object> members) {
    JsonView object(String key) {
        return of(members.get(key));
    }

    /** Members that are objects, in their order. */
    Map<String, JsonView> objects() {
        var all = new LinkedHashMap<String, JsonView>();
        members.forEach((key, value) -> all.put(key, of(value)));
        return all;
    }

    private static JsonView of(@Nullable Object value) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        if (value instanceof Map<?, ?> object) {
            object.forEach((key, member) -> copy.put(String.valueOf(key), member));
        }
        return new JsonView(copy);
    }

    boolean has(String key) {
        return members.get(key) != null;
    }

    String text(String key) {
        var value = members.get(key);
        return value == null ? "" : value.toString();
    }

    long number(String key) {
        return members.get(key) instanceof BigDecimal number ? number.longValue() : 0;
    }

    boolean flag(String key) {
        return Boolean.TRUE.equals(members.get(key));
    }

    List<String> texts(String key) {
        return members.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
