package io.walnutedge.sampling;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.filter.FilterChain;
import io.walnutedge.filter.Filters;
import io.walnutedge.reading.IntervalBounds;
import io.walnutedge.reading.ItemId;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.state.StateFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A sensor with its interval. Immutable; any thread.
 *
 * @param every the sampling interval
 * @param measurements by {@link MeasurementConfig#quantity}, in the order of the driver
 * @param filters of those measurements that have any, by quantity, too
 * @param bounds of {@code every}
 */
public record ScheduledSensor(
        ItemId id,
        String type,
        Duration every,
        SensorPlan plan,
        Map<String, MeasurementConfig> measurements,
        Map<String, Filters> filters,
        IntervalBounds bounds) {

    /** One that is bounded by its plan alone. */
    public ScheduledSensor(
            ItemId id,
            String type,
            Duration every,
            SensorPlan plan,
            Map<String, MeasurementConfig> measurements,
            Map<String, Filters> filters) {
        this(id, type, every, plan, measurements, filters, IntervalBounds.from(plan.shortest()));
    }

    /** The quantities that have an availability of their own: of those that are published. */
    public List<String> availableEach() {
        return plan.isEachAvailable()
                ? measurements.values().stream()
                        .filter(MeasurementConfig::enabled)
                        .map(MeasurementConfig::quantity)
                        .toList()
                : List.of();
    }

    /** Whether something of it outlives a restart. */
    public boolean isKept() {
        return filters.values().stream().anyMatch(Filters::isKept);
    }

    /**
     * The filters of one quantity, without a past, save for what the state has.
     *
     * @param state is not asked before the first value
     */
    public FilterChain startFilters(String quantity, StateFile state) {
        return filters.getOrDefault(quantity, Filters.none("")).start(every, state, "sensors." + id + "." + quantity);
    }
}
