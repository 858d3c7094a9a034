package io.walnutedge.output;

import io.walnutedge.reading.ItemId;
import io.walnutedge.state.StateStore;
import java.util.OptionalDouble;

/** The outputs' states before the last stop. The loop's thread only. */
final class LastStates {
    private final StateStore file;

    LastStates(StateStore file) {
        this.file = file;
    }

    OptionalDouble of(ItemId id) {
        try {
            var level = file.get(key(id)).map(Double::parseDouble).orElse(Double.NaN);
            return level >= 0 && level <= 1 ? OptionalDouble.of(level) : OptionalDouble.empty();
        } catch (NumberFormatException damaged) {
            return OptionalDouble.empty();
        }
    }

    void put(ItemId id, double level) {
        file.put(key(id), Double.toString(level));
    }

    private static String key(ItemId id) {
        return "outputs." + id + ".last";
    }
}
