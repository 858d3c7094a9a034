package io.walnutedge.schedule;

import io.walnutedge.reading.SensorId;
import io.walnutedge.sensor.SensorException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a sensor is online; logs and tells each change once, repeats only at DEBUG. Changed under the lane's lock, read
 * by any thread.
 */
final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final SensorId id;
    private volatile SampleSink sink;
    private final AtomicLong failures = new AtomicLong();
    private long inARow;
    private volatile SensorStatus.State state = SensorStatus.State.UNKNOWN;
    private volatile String why = "";

    Health(SensorId id, SampleSink sink) {
        this.id = id;
        this.sink = sink;
    }

    void online() {
        if (state == SensorStatus.State.ONLINE) {
            return;
        }
        LOG.info("{}: online{}", id, inARow == 0 ? "" : " after " + inARow + " failed tries");
        inARow = 0;
        why = "";
        state = SensorStatus.State.ONLINE;
        sink.availability(id, true, "");
    }

    /** A try failed. */
    void failed(String reason, @Nullable Exception cause) {
        failures.incrementAndGet();
        inARow++;
        offline(reason, cause);
    }

    /** There is no value, whether or not the sensor was tried. */
    void offline(String reason, @Nullable Exception cause) {
        why = reason;
        if (state == SensorStatus.State.OFFLINE) {
            LOG.debug("{}: still offline ({}): {}", id, inARow, reason);
            return;
        }
        state = SensorStatus.State.OFFLINE;
        LOG.warn("{}: offline: {}", id, cause instanceof SensorException known ? known.inFull() : reason);
        if (cause != null) {
            LOG.debug("{}: offline", id, cause);
        }
        sink.availability(id, false, reason);
    }

    SensorStatus.State state() {
        return state;
    }

    String why() {
        return why;
    }

    long failures() {
        return failures.get();
    }
}
