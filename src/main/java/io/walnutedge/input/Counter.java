package io.walnutedge.input;

import io.walnutedge.config.InputConfig;
import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.control.Loop;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Value;
import io.walnutedge.state.StateFile;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts changes to on. The total is kept in pulses, as a whole number that no change of {@code factor} falsifies. The
 * loop's thread only.
 */
final class Counter implements Use {
    private static final Logger LOG = LoggerFactory.getLogger(Counter.class);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Loop loop;
    private final ItemId id;
    private final InputConfig config;
    private final InputConfig.Counter counter;
    private final StateFile state;
    private final CountedReadings readings;
    private final String key;

    private long pulses;
    private boolean known;
    /** The level that the edges told so far lead to. */
    private boolean level;

    private Loop.@Nullable Timer ticking;
    private long epoch;
    private long tick;
    private long ratedAt;
    private long ratedPulses;

    /** @param counter the use of {@code config} */
    Counter(Loop loop, InputConfig config, InputConfig.Counter counter, StateFile state, CountedReadings readings) {
        this.loop = loop;
        this.id = config.id();
        this.config = config;
        this.counter = counter;
        this.state = state;
        this.readings = readings;
        this.key = "inputs." + id + ".total";
    }

    @Override
    public void opened(boolean on) {
        recall();
        level = on;
        epoch = loop.nanoTime();
        tick = 0;
        ratedAt = epoch;
        ratedPulses = pulses;
        if (counter.total().enabled()) {
            tellTotal();
        }
        tickLater();
    }

    private void recall() {
        if (known) {
            return;
        }
        known = true;
        var kept = state.get(key).orElse("0");
        if (kept.matches("[0-9]{1,18}")) {
            pulses = Long.parseLong(kept);
        } else {
            LOG.warn("input {}: the total that was kept is '{}'; counting from 0", id, kept);
        }
    }

    @Override
    public boolean wantsEdges() {
        return config.debounce().isZero();
    }

    @Override
    public void changed(boolean on) {
        if (on) {
            add(1);
        }
    }

    /** Edges alternate: every other one is to on. */
    @Override
    public void edges(long count) {
        add(level ? count / 2 : count / 2 + count % 2);
        level ^= count % 2 != 0;
    }

    /** A level other than the edges lead to: one of them was told together with another, and counts, too. */
    @Override
    public void level(boolean on) {
        if (level != on) {
            level = on;
            changed(on);
        }
    }

    private void add(long more) {
        if (more > 0) {
            pulses += more;
            state.put(key, Long.toString(pulses));
        }
    }

    private void tickLater() {
        var due = epoch + (tick + 1) * counter.every().toNanos();
        ticking = loop.after(Duration.ofNanos(Math.max(0, due - loop.nanoTime())), this::tick);
    }

    /** A tick that comes late, because the loop was busy, is the one that is nearest; the rate is over the true time. */
    private void tick() {
        var before = tick;
        var now = loop.nanoTime();
        var every = counter.every().toNanos();
        tick = Math.max(before + 1, (now - epoch + every / 2) / every);
        if (isTurn(counter.total(), before)) {
            tellTotal();
        }
        if (isTurn(counter.rate(), before)) {
            tell(counter.rate(), (double) (pulses - ratedPulses) * NANOS_PER_SECOND / (now - ratedAt));
            ratedAt = now;
            ratedPulses = pulses;
        }
        tickLater();
    }

    private boolean isTurn(MeasurementConfig measurement, long before) {
        var ticks = measurement.every().toNanos() / counter.every().toNanos();
        return measurement.enabled() && tick / ticks > before / ticks;
    }

    private void tellTotal() {
        tell(counter.total(), (double) pulses);
    }

    /** @param measured in pulses, or pulses per second */
    private void tell(MeasurementConfig measurement, double measured) {
        var value = Value.of(measured * counter.factor()).scaled(measurement.factor(), measurement.offset());
        readings.publish(id, measurement.quantity(), value);
    }

    @Override
    public void announce(boolean on) {
        // its readings wait in the outbox, not here
    }

    @Override
    public void lost() {
        if (ticking != null) {
            ticking.cancel();
            ticking = null;
        }
    }
}
