package io.walnutedge.simulate;

import java.util.List;
import java.util.Random;

/** How a quantity goes with time. Immutable; any thread. */
interface Course {
    double NANOS_PER_SECOND = 1e9;

    /** @param nanos since the start; the same answer each time it is asked */
    double at(long nanos);

    /** Stays as it is. */
    record Constant(double value) implements Course {
        @Override
        public double at(long nanos) {
            return value;
        }
    }

    /** Goes from one value to another in some seconds, and stays there. */
    record Ramp(double from, double to, double seconds) implements Course {
        @Override
        public double at(long nanos) {
            return from + (to - from) * Math.min(1, nanos / NANOS_PER_SECOND / seconds);
        }
    }

    /** One value after the other, each for some seconds, and from the first again. */
    record Steps(List<Double> values, double seconds) implements Course {
        public Steps {
            values = List.copyOf(values);
        }

        @Override
        public double at(long nanos) {
            return values.get((int) (Math.floor(nanos / NANOS_PER_SECOND / seconds) % values.size()));
        }
    }

    /** Another course with Gaussian noise on it, which changes ten times in a second. */
    record Noisy(Course course, double deviation, long seed) implements Course {
        private static final long STEP = 100_000_000;

        @Override
        public double at(long nanos) {
            var random = new Random(seed * 31 + nanos / STEP);
            random.nextDouble(); // seeds that are near each other have first numbers that are
            return course.at(nanos) + deviation * random.nextGaussian();
        }
    }
}
