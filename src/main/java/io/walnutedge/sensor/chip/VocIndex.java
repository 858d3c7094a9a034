package io.walnutedge.sensor.chip;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * Sensirion's index of volatile organic compounds: how the air is beside the usual air of the last half day, which is 100.
 * Computed in floating point after the maker's published algorithm (gas-index-algorithm, version 3.2.0, whose names stand
 * at the constants). One thread.
 *
 * <p>It learns the mean and the spread of the raw signal of the SGP40, quickly in the first hour and a half, then with a
 * time constant of 12 hours; a high index holds the learning, so that bad air does not become the usual one.
 */
final class VocIndex {
    /** Of the signals; the maker tested 1 s and 10 s. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    private static final double SECONDS = PERIOD.toSeconds();
    private static final double BLACKOUT = 45; // INITIAL_BLACKOUT: s in which the hotplate warms up
    private static final long LONGEST_PAUSE = Duration.ofMinutes(10).toNanos(); // set_states: no longer interruption
    private static final double LEARNT = 3 * 3600; // get_states: s without interruption before it is worth keeping
    private static final int MIN_SIGNAL = 20_000; // VOC_SRAW_MINIMUM
    private static final int MAX_SIGNAL = MIN_SIGNAL + 32_767;
    private static final int NO_SIGNAL = 65_000;
    private static final double GAIN = 230; // INDEX_GAIN
    private static final double SPREAD_BONUS = 220; // SRAW_STD_BONUS_VOC
    private static final double MAX = 500; // SIGMOID_L
    private static final double MIDDLE = 213; // SIGMOID_X0_VOC
    private static final double STEEPNESS = 0.0065; // SIGMOID_K_VOC
    private static final double MIN = 0.5; // is rounded to 1

    private final Usual usual = new Usual();
    private final Smooth smooth = new Smooth();
    private double uptime;
    private double signal;
    private double index;
    private long newestAt;

    /** @param now monotonic, in nanoseconds, as at {@link #next} */
    VocIndex(long now) {
        newestAt = now;
    }

    /**
     * Takes the next signal.
     *
     * @param raw of the chip, 0 to 65535; falls when there is more in the air
     * @return 1 to 500; empty in the first 46 seconds and in those after an interruption
     */
    OptionalInt next(int raw, long now) {
        var pause = now - newestAt;
        newestAt = now;
        // beyond the interval that the maker tested, the hotplate has cooled down
        if (pause > 10 * PERIOD.toNanos()) {
            interrupted(pause);
        }
        if (uptime <= BLACKOUT) {
            uptime += SECONDS;
            return OptionalInt.empty();
        }
        if (raw > 0 && raw < NO_SIGNAL) {
            signal = Math.max(MIN_SIGNAL + 1, Math.min(MAX_SIGNAL, raw)) - MIN_SIGNAL;
        }
        index = Math.max(MIN, smooth.next(scaled(usual.deviation(signal))));
        if (signal > 0) {
            usual.learn(signal, index);
        }
        return OptionalInt.of((int) Math.round(index));
    }

    /** Keeps what was learnt long enough over a short pause, and else begins anew. */
    private void interrupted(long pause) {
        uptime = 0;
        index = 0;
        smooth.restart();
        if (pause > LONGEST_PAUSE || usual.learning < LEARNT) {
            signal = 0;
            usual.restart();
        } else {
            usual.resume();
        }
    }

    /** From 0 to {@link #MAX}; 0 is the usual air and becomes 100. */
    private static double scaled(double deviation) {
        return MAX * falling(-deviation, -MIDDLE, STEEPNESS);
    }

    /** From 1 far below the middle to 0 far above it. */
    private static double falling(double value, double middle, double steepness) {
        return 1 / (1 + Math.exp(steepness * (value - middle)));
    }

    /** The share of a new sample in an average of that time constant. */
    private static double weight(double seconds) {
        return SECONDS / (seconds + SECONDS);
    }

    /** The usual air: mean and spread (standard deviation) of the signal, weighted by age. */
    private static final class Usual {
        private static final double FIRST_SPREAD = 50; // SRAW_STD_INITIAL
        private static final double LONG = weight(12 * 3600); // TAU_MEAN_HOURS, TAU_VARIANCE_HOURS
        private static final double FIRST_MEAN = weight(20); // TAU_INITIAL_MEAN_VOC
        private static final double FIRST_VARIANCE = weight(2500); // TAU_INITIAL_VARIANCE
        private static final double MEAN_UNTIL = 0.75 * 3600; // INIT_DURATION_MEAN_VOC
        private static final double VARIANCE_UNTIL = 1.45 * 3600; // INIT_DURATION_VARIANCE_VOC
        private static final double TRANSITION = 0.01; // INIT_TRANSITION_MEAN, INIT_TRANSITION_VARIANCE
        private static final double HOLD = 340; // GATING_THRESHOLD_VOC: the index that holds the learning
        private static final double FIRST_HOLD = 510; // GATING_THRESHOLD_INITIAL
        private static final double HOLD_TRANSITION = 0.09; // GATING_THRESHOLD_TRANSITION
        private static final double LONGEST_HOLD = 3 * 3600; // GATING_VOC_MAX_DURATION_MINUTES, in s
        private static final double RELEASE = 0.3; // GATING_MAX_RATIO: a held second is forgotten in 1/0.3 s

        private boolean isKnown;
        private double mean;
        private double spread = FIRST_SPREAD;
        private double learning; // s
        private double gating; // s since the start, or since a hold that was too long
        private double held; // s

        void restart() {
            isKnown = false;
            mean = 0;
            spread = FIRST_SPREAD;
            learning = 0;
            gating = 0;
            held = 0;
        }

        void resume() {
            learning = LEARNT; // PERSISTENCE_UPTIME_GAMMA
            gating = 0;
            held = 0;
        }

        /** Above 0 where there is more in the air than usual. */
        double deviation(double signal) {
            return GAIN * (mean - signal) / (spread + SPREAD_BONUS);
        }

        void learn(double signal, double index) {
            if (!isKnown) {
                isKnown = true;
                mean = signal;
                return;
            }
            learning += SECONDS;
            gating += SECONDS;
            var isFirstMean = falling(learning, MEAN_UNTIL, TRANSITION);
            var isFirstVariance = falling(learning, VARIANCE_UNTIL, TRANSITION) - isFirstMean;
            var free = free(index, MEAN_UNTIL);
            var meanWeight = free * between(LONG, FIRST_MEAN, isFirstMean);
            var varianceWeight = free(index, VARIANCE_UNTIL) * between(LONG, FIRST_VARIANCE, isFirstVariance);
            hold(free);
            var delta = signal - mean;
            spread = Math.sqrt((1 - varianceWeight) * (spread * spread + varianceWeight * delta * delta));
            mean += meanWeight * delta;
        }

        /** How much an index lets learn, 1 to 0. */
        private double free(double index, double until) {
            return falling(index, between(HOLD, FIRST_HOLD, falling(gating, until, TRANSITION)), HOLD_TRANSITION);
        }

        /** Counts how long the learning was held; after too long it learns whatever the air is. */
        private void hold(double free) {
            held = Math.max(0, held + SECONDS * ((1 - free) * (1 + RELEASE) - RELEASE));
            if (held > LONGEST_HOLD) {
                gating = 0;
            }
        }

        private static double between(double from, double to, double share) {
            return from + (to - from) * share;
        }
    }

    /** A low-pass that is quick where the value moves and slow where it rests. */
    private static final class Smooth {
        private static final double FAST = 20; // LP_TAU_FAST, s
        private static final double SLOW = 500; // LP_TAU_SLOW, s
        private static final double ALPHA = 0.2; // LP_ALPHA, of the other sign

        private boolean isKnown;
        private double fast;
        private double slow;
        private double smooth;

        void restart() {
            isKnown = false;
        }

        double next(double value) {
            if (!isKnown) {
                isKnown = true;
                fast = value;
                slow = value;
                smooth = value;
            }
            fast += weight(FAST) * (value - fast);
            slow += weight(SLOW) * (value - slow);
            var resting = Math.exp(-ALPHA * Math.abs(fast - slow));
            smooth += weight(FAST + (SLOW - FAST) * resting) * (value - smooth);
            return smooth;
        }
    }
}
