package io.walnutedge.actuator;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.ValueRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/** {@code angle}: an output whose values are no percents, on nothing but a map. Any thread. */
public final class AngleOutput implements ActuatorDriver {
    public static final ValueRange RANGE = new ValueRange(-90, 90, "°", "degrees");

    private final Map<String, Double> levels = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "angle";
    }

    @Override
    public ActuatorPlan plan(ConfigTable settings) {
        var axis = settings.text("axis");
        var place = "axis " + axis;
        return new ActuatorPlan(
                place,
                Optional.empty(),
                List.of(place),
                Optional.empty(),
                Optional.of(RANGE),
                List.of(),
                (hardware, level) -> new Axis(levels, axis).open(level));
    }

    /** In degrees, as it is driven. */
    public double angle(String axis) {
        return RANGE.min() + levels.getOrDefault(axis, Double.NaN) * (RANGE.max() - RANGE.min());
    }

    private record Axis(Map<String, Double> levels, String name) implements Actuator {
        Axis open(OptionalDouble level) {
            set(level.orElse(levels.getOrDefault(name, 0.0)));
            return this;
        }

        @Override
        public void set(double level) {
            levels.put(name, level);
        }

        @Override
        public double read() {
            return levels.getOrDefault(name, 0.0);
        }

        @Override
        public List<LastWrite> writes(double level) {
            return List.of();
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
