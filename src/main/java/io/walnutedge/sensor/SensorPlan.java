package io.walnutedge.sensor;

import io.walnutedge.reading.IntervalBounds;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A sensor that can be opened. Immutable; any thread.
 *
 * @param source what it occupies, which decides on whose thread it is read
 * @param quantities what a read gives, at least one; names are unique
 * @param opening makes the sensor on its source's thread
 * @param needs what it takes from other sensors beside its source
 * @param shortest the least time between two samples that makes sense, as that of a conversion
 * @param gaps whether there may be no value though nothing has failed
 */
public record SensorPlan(
        Source source, List<Quantity> quantities, Opening opening, List<Need> needs, Duration shortest, boolean gaps) {
    public SensorPlan {
        quantities = List.copyOf(quantities);
        needs = List.copyOf(needs);
    }

    /** A sensor that can be sampled as often as anything can. */
    public SensorPlan(Source source, List<Quantity> quantities, Opening opening, List<Need> needs) {
        this(source, quantities, opening, needs, IntervalBounds.OUTERMOST.shortest(), false);
    }

    /** A sensor that takes nothing from others beside its source. */
    public SensorPlan(Source source, List<Quantity> quantities, Opening opening) {
        this(source, quantities, opening, List.of());
    }

    /** The same, with a new value no sooner than after this time. */
    public SensorPlan noSooner(Duration time) {
        return new SensorPlan(source, quantities, opening, needs, time, gaps);
    }

    /** The same, of a sensor that may have no value though nothing has failed, such as a distance without a target. */
    public SensorPlan intermittent() {
        return new SensorPlan(source, quantities, opening, needs, shortest, true);
    }

    /** The same, with other quantities and an opening that gives them. */
    public SensorPlan giving(List<Quantity> others, Opening another) {
        return new SensorPlan(source, others, another, needs, shortest, gaps);
    }

    /** All that it takes from other sensors. */
    public List<Input> inputs() {
        return Stream.concat(source.inputs().stream(), needs.stream().map(Need::input))
                .toList();
    }

    /**
     * Whether one quantity can be without a value while nothing has failed, or while another has one: then each of them has
     * an availability of its own.
     */
    public boolean isEachAvailable() {
        return gaps || quantities.size() > 1 || source.mayLackValues();
    }

    /** Makes the sensor; may talk to the hardware, for example to check a chip's id. */
    @FunctionalInterface
    public interface Opening {
        Sensor open(Hardware hardware) throws SensorException, InterruptedException;
    }

    /** A quantity of another sensor. */
    public record Input(ItemId sensor, String quantity) {
        @Override
        public String toString() {
            return sensor + "." + quantity;
        }
    }

    /**
     * A quantity of another sensor that helps this one.
     *
     * @param table where it is named, a table in the sensor's own
     * @param key its key there
     * @param unit the only one that it may be published in
     */
    public record Need(String table, String key, Input input, String unit) {}
}
