package io.walnutedge.command;

import io.walnutedge.reading.SensorId;
import java.util.List;
import java.util.Set;

/**
 * The names that commands may use. Immutable; any thread.
 *
 * @param dimmable those of the outputs that have levels
 */
public record Names(List<SensorId> outputs, Set<SensorId> dimmable, List<SensorId> sensors) {
    public Names {
        outputs = List.copyOf(outputs);
        dimmable = Set.copyOf(dimmable);
        sensors = List.copyOf(sensors);
    }
}
