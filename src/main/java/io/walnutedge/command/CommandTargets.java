package io.walnutedge.command;

import io.walnutedge.reading.IntervalBounds;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.ValueRange;
import java.util.List;
import java.util.Map;

/**
 * The names that commands may use. Immutable; any thread.
 *
 * @param ranges of the outputs that have levels
 * @param sensors each with how often a command may have it sampled
 */
public record CommandTargets(
        List<ItemId> outputs, Map<ItemId, ValueRange> ranges, Map<ItemId, IntervalBounds> sensors) {
    public CommandTargets {
        outputs = List.copyOf(outputs);
        ranges = Map.copyOf(ranges);
        sensors = Map.copyOf(sensors);
    }

    /** Of an output, also of one without levels: that it has none is found when the command is obeyed. */
    ValueRange range(ItemId output) {
        return ranges.getOrDefault(output, ValueRange.PERCENT);
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
