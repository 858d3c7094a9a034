package io.walnutedge.sensor.declared;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Makes a physical value of a raw one. Immutable; any thread. */
interface Scale {
    /** Empty where this raw value has no meaning. */
    OptionalDouble of(long raw);

    /** The form that most datasheets use: raw * factor / divisor + offset. */
    record Linear(double factor, double divisor, double offset) implements Scale {
        @Override
        public OptionalDouble of(long raw) {
            return OptionalDouble.of(raw * factor / divisor + offset);
        }
    }

    /** c0 + c1 * raw + c2 * raw^2 and so on. */
    record Polynomial(List<Double> coefficients) implements Scale {
        @Override
        public OptionalDouble of(long raw) {
            var value = 0.0;
            for (var i = coefficients.size() - 1; i >= 0; i--) {
                value = value * raw + coefficients.get(i);
            }
            return OptionalDouble.of(value);
        }
    }

    /** Each raw value by itself. */
    record Table(Map<Long, Double> values) implements Scale {
        @Override
        public OptionalDouble of(long raw) {
            var value = values.get(raw);
            return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
    }

    /** A point of a curve. */
    record Point(double raw, double value) {}

    /** Straight lines between points, which stand in the order of their raw values; nothing beyond its ends. */
    record Curve(List<Point> points) implements Scale {
        @Override
        public OptionalDouble of(long raw) {
            for (var i = 1; i < points.size(); i++) {
                var from = points.get(i - 1);
                var to = points.get(i);
                if (raw >= from.raw && raw <= to.raw) {
                    var part = (raw - from.raw) / (to.raw - from.raw);
                    return OptionalDouble.of(from.value + part * (to.value - from.value));
                }
            }
            return OptionalDouble.empty();
        }
    }
}
