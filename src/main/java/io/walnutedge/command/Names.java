package io.walnutedge.command;

import io.walnutedge.config.IntervalBounds;
import io.walnutedge.reading.SensorId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that commands may use. Immutable; any thread.
 *
 * @param dimmable those of the outputs that have levels
 * @param sensors each with how often a command may have it sampled
 */
public record Names(List<SensorId> outputs, Set<SensorId> dimmable, Map<SensorId, IntervalBounds> sensors) {
    public Names {
        outputs = List.copyOf(outputs);
        dimmable = Set.copyOf(dimmable);
        sensors = Map.copyOf(sensors);
    }

    SensorId sensor(String name) throws RefusedException {
        return Words.sensor(name, sensors.keySet());
    }

    Command.Interval interval(String name, String time) throws RefusedException {
        var sensor = sensor(name);
        return new Command.Interval(sensor, Words.interval(time, bounds(sensor)));
    }

    private IntervalBounds bounds(SensorId sensor) {
        return sensors.getOrDefault(sensor, IntervalBounds.OUTERMOST);
    }
}
