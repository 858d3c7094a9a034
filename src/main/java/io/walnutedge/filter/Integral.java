package io.walnutedge.filter;

import io.walnutedge.state.StateFile;
import java.time.Duration;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sum of value * time by trapezoids, as power becomes energy. The total outlives a restart; what passed meanwhile is
 * not in it, nor a gap between two values that is longer than allowed. It is kept in value * seconds, which no change of
 * the unit of time falsifies. One thread at a time.
 */
final class Integral implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(Integral.class);
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSeconds;
    private final long gap;
    private final StateFile state;
    private final String key;

    private boolean known;
    private double total;
    private double last;
    private long lastAt;

    /**
     * @param per the unit of time of the result
     * @param gap the longest time between two values that counts
     * @param state is asked at the first value, when it has been started
     */
    Integral(Duration per, Duration gap, StateFile state, String key) {
        this.perSeconds = per.toSeconds();
        this.gap = gap.toNanos();
        this.state = state;
        this.key = key;
    }

    @Override
    public OptionalDouble apply(double value, long nanos) {
        if (!known) {
            recall();
        } else if (nanos - lastAt <= gap) {
            add((last / 2 + value / 2) * (nanos - lastAt) / NANOS_PER_SECOND);
        }
        known = true;
        last = value;
        lastAt = nanos;
        return OptionalDouble.of(total / perSeconds);
    }

    private void recall() {
        state.get(key).ifPresent(kept -> {
            total = parsed(kept);
            if (!Double.isFinite(total)) {
                LOG.warn("the total {} that was kept is '{}'; counting from 0", key, kept);
                total = 0;
            }
        });
    }

    private static double parsed(String kept) {
        try {
            return Double.parseDouble(kept);
        } catch (NumberFormatException damaged) {
            return Double.NaN;
        }
    }

    /** A sum that is too large to be a number leaves the total as it was. */
    private void add(double more) {
        if (Double.isFinite(total + more)) {
            total += more;
            state.put(key, Double.toString(total));
        }
    }
}
