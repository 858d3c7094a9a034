package io.walnutedge.command;

import io.walnutedge.reading.IntervalBounds;
import io.walnutedge.reading.ItemId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that commands may use. Immutable; any thread.
 *
 * @param dimmable those of the outputs that have levels
 * @param sensors each with how often a command may have it sampled
 */
public record CommandTargets(List<ItemId> outputs, Set<ItemId> dimmable, Map<ItemId, IntervalBounds> sensors) {
    public CommandTargets {
        outputs = List.copyOf(outputs);
        dimmable = Set.copyOf(dimmable);
        sensors = Map.copyOf(sensors);
    }

    ItemId sensor(String name) throws RefusedException {
        return CommandFields.sensor(name, sensors.keySet());
    }

    Command.Interval interval(String name, String time) throws RefusedException {
        var sensor = sensor(name);
        return new Command.Interval(sensor, CommandFields.interval(time, bounds(sensor)));
    }

    private IntervalBounds bounds(ItemId sensor) {
        return sensors.getOrDefault(sensor, IntervalBounds.OUTERMOST);
    }
}
