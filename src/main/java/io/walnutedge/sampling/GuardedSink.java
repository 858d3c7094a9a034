package io.walnutedge.sampling;

import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a sink's mistakes from ending a lane: they are counted and the first is logged. Any thread. */
final class GuardedSink implements SampleSink {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedSink.class);

    private final SampleSink sink;
    private final AtomicLong failures = new AtomicLong();

    GuardedSink(SampleSink sink) {
        this.sink = sink;
    }

    @Override
    public void readings(List<Reading> batch) {
        guard(() -> sink.readings(batch));
    }

    @Override
    public void availability(ItemId sensor, boolean online, String why) {
        guard(() -> sink.availability(sensor, online, why));
    }

    @Override
    public void quantity(ItemId sensor, String quantity, Optional<Absence> absence) {
        guard(() -> sink.quantity(sensor, quantity, absence));
    }

    private void guard(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            if (failures.incrementAndGet() == 1) {
                LOG.error("readings could not be handed on", e);
            } else {
                LOG.debug("readings could not be handed on ({} times)", failures, e);
            }
        }
    }

    long failures() {
        return failures.get();
    }
}
