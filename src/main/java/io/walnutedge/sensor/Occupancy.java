package io.walnutedge.sensor;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What the sensors of a configuration occupy, as each kind of source keeps it. One thread. */
public final class Occupancy {
    private final Map<Class<?>, Object> kinds = new HashMap<>();

    /** What a kind of source keeps, made when the first of them is asked for. */
    public <T> T of(Class<T> kind, Supplier<T> first) {
        return kind.cast(kinds.computeIfAbsent(kind, none -> first.get()));
    }
}
