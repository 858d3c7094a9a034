package io.walnutedge.simulate.chip;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The physical quantities around a chip. Guarded by its model. */
final class World {
    private final Map<String, Double> values;

    World(Map<String, Double> initial) {
        this.values = new LinkedHashMap<>(initial);
    }

    Set<String> names() {
        return Set.copyOf(values.keySet());
    }

    double get(String quantity) {
        var value = values.get(quantity);
        if (value == null) {
            throw new IllegalArgumentException("no quantity " + quantity + "; there are " + values.keySet());
        }
        return value;
    }

    void set(String quantity, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(quantity + " cannot be " + value);
        }
        get(quantity);
        values.put(quantity, value);
    }
}
