package io.walnutedge.sampling;

import io.walnutedge.reading.SampleClock;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.text.TimeText;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One try at one sensor: open it if need be, read, calibrate. Runs on a lane's thread without its lock and owns the sensor
 * meanwhile; the rest is for the lane, under its lock.
 */
final class ReadAttempt {
    /** In place of a tick. */
    static final long OUT_OF_TURN = -1;

    private final Task task;
    private final long tick;
    private final long since;
    private @Nullable Sensor sensor;
    private List<MeasurementPipeline.Calibrated> values = List.of();
    private SampleClock.@Nullable Moment moment;
    private @Nullable Exception trouble;
    private boolean opened;
    private boolean abandoned;
    private boolean closing;

    /** @param sensor if it is open already */
    ReadAttempt(Task task, long tick, long since, @Nullable Sensor sensor) {
        this.task = task;
        this.tick = tick;
        this.since = since;
        this.sensor = sensor;
    }

    /** Only closes the sensor, which left the configuration. */
    static ReadAttempt closing(Task task, long since, Sensor sensor) {
        var attempt = new ReadAttempt(task, OUT_OF_TURN, since, sensor);
        attempt.closing = true;
        return attempt;
    }

    boolean isClosing() {
        return closing;
    }

    /**
     * Whatever the driver throws becomes the sensor's {@link #trouble}, and the sensor is closed; an {@link Error} passes.
     *
     * @param limit a longer read has no value: nobody knows what time it is from
     */
    void run(Hardware hardware, SampleClock clock, Duration limit) {
        if (closing) {
            discard();
            return;
        }
        try {
            if (sensor == null) {
                sensor = task.open(hardware);
                opened = true;
            }
            var measured = List.copyOf(sensor.read());
            var now = clock.moment();
            if (now.nanos() - since > limit.toNanos()) {
                throw new SensorException(
                        "the read took " + TimeText.of(Duration.ofMillis((now.nanos() - since) / 1_000_000))
                                + ", more than the " + TimeText.of(limit) + " that are allowed");
            }
            values = task.calibrate(measured);
            moment = now;
        } catch (NoValueException none) {
            values = task.absent(String.valueOf(none.getMessage()));
            moment = clock.moment();
        } catch (SensorException | RuntimeException | InterruptedException e) {
            trouble = e;
            discard();
        }
    }

    /** Closes the sensor, on the thread that ran this. */
    void discard() {
        var open = sensor;
        sensor = null;
        if (open != null) {
            Task.close(open);
        }
    }

    Task task() {
        return task;
    }

    long tick() {
        return tick;
    }

    /** When it began, monotonic. */
    long since() {
        return since;
    }

    @Nullable Sensor sensor() {
        return sensor;
    }

    /** Whether the sensor was opened for it. */
    boolean isOpened() {
        return opened;
    }

    List<MeasurementPipeline.Calibrated> values() {
        return values;
    }

    /** When the values came, or it was known that there is none; null exactly where there is {@link #trouble}. */
    SampleClock.@Nullable Moment moment() {
        return moment;
    }

    @Nullable Exception trouble() {
        return trouble;
    }

    /** Nobody waits for the result any more. */
    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }
}
