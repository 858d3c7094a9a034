package io.walnutedge.sampling;

import io.walnutedge.config.EntityConfig;
import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.config.PayloadFormat;
import io.walnutedge.config.Replay;
import io.walnutedge.config.Template;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.Source;
import io.walnutedge.sensor.files.FileSource;
import io.walnutedge.sensor.i2c.I2cDevice;
import io.walnutedge.state.StateFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A sensor that does as it is told. Any thread. */
final class FakeSource {
    static final Quantity QUANTITY = Quantity.TEMPERATURE;
    /** Never started: what is kept ends with the process. */
    static final StateFile NO_STATE = new StateFile(Path.of("never", "started"));

    /** What a read does. */
    interface Read {
        List<Measurement> read() throws SensorException, InterruptedException;
    }

    /** What an open does before it succeeds. */
    interface Open {
        void open() throws SensorException, InterruptedException;
    }

    final AtomicInteger opens = new AtomicInteger();
    final AtomicInteger closes = new AtomicInteger();
    final AtomicInteger reads = new AtomicInteger();
    volatile Open onOpen = () -> {};
    volatile Read onRead = FakeSource::one;
    volatile UnaryOperator<Source> place = UnaryOperator.identity();

    static List<Measurement> one() {
        return List.of(Measurement.of(QUANTITY, 1));
    }

    static SensorException broken() {
        return new SensorException("no answer");
    }

    /** Blocks as a read in the kernel does: an interrupt does not end it. */
    static List<Measurement> blockOn(CountDownLatch latch) {
        var isInterrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        return one();
    }

    /** The lane of bus 1, on the caller's thread. */
    static BusLane lane(List<Task> tasks, SensorWorker.Context context) {
        var lane = new I2cDevice(1, 0x40).lane(context.hardware());
        return new BusLane(lane, lane.held().orElseThrow(), tasks, context);
    }

    ScheduledSensor onBus(int bus, String id, Duration every) {
        return scheduled(id, every, new I2cDevice(bus, 0x40), config(every, true, 1, 0));
    }

    ScheduledSensor onFile(String id, Duration every) {
        return scheduled(id, every, new FileSource("file " + id), config(every, true, 1, 0));
    }

    ScheduledSensor scheduled(String id, Duration every, Source source, MeasurementConfig config) {
        var plan = new SensorPlan(place.apply(source), List.of(QUANTITY), hardware -> open());
        return new ScheduledSensor(new ItemId(id), "fake", every, plan, Map.of(config.quantity(), config), Map.of());
    }

    static MeasurementConfig config(Duration every, boolean enabled, double factor, double offset) {
        return config(QUANTITY, every, enabled, factor, offset);
    }

    static MeasurementConfig config(Quantity quantity, Duration every, boolean enabled, double factor, double offset) {
        return new MeasurementConfig(
                quantity.name(),
                enabled,
                every,
                "topic",
                "",
                2,
                factor,
                offset,
                PayloadFormat.PLAIN,
                1,
                false,
                Replay.ALL,
                Template.NONE,
                EntityConfig.DEFAULT);
    }

    private Sensor open() throws SensorException, InterruptedException {
        opens.incrementAndGet();
        onOpen.open();
        return new Opened();
    }

    private final class Opened implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            reads.incrementAndGet();
            return onRead.read();
        }

        @Override
        public void close() {
            closes.incrementAndGet();
        }
    }
}
