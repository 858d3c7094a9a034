package io.walnutedge.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.Roots;
import io.walnutedge.sensor.i2c.I2cBuses;
import io.walnutedge.sensor.i2c.Registers;
import io.walnutedge.simulate.chip.ChipModel;
import io.walnutedge.simulate.chip.ModelMaker;
import io.walnutedge.simulate.chip.NotAcknowledged;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Every driver with sick chips on a bus with well ones, half an hour of virtual time: one chip does not acknowledge 30 % of
 * the transfers, one holds SDA low for as long as the kernel waits, one answers only ones. The well chips keep their
 * ticks, and nothing is published that no chip measured. Repeat a run with -Dschedule.seed.
 */
class SickChipsTest {
    private static final Duration SPAN = Duration.ofMinutes(30);
    /** Of the well chips; the sick ones have the default. */
    private static final Duration EVERY = Duration.ofSeconds(1);

    private static final Duration SICK_EVERY = Duration.ofSeconds(10);
    /** The kernel gives a transfer up after so long (i2c_register_adapter: timeout = HZ). */
    private static final Duration KERNEL_TIMEOUT = Duration.ofSeconds(1);

    private static final double NACKS = 0.3;
    private static final long KEPT = SPAN.toSeconds() * 95 / 100;
    private static final long SEED = Long.getLong("schedule.seed", System.nanoTime());
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.walnutedge.schedule");

    private final VirtualClock clock = new VirtualClock();
    private final Recorder recorder = new Recorder();
    private final Random random = new Random(SEED);

    @BeforeAll
    static void silence() {
        System.out.println("schedule.seed=" + SEED);
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void unsilence() {
        LOG.setLevel(null);
    }

    static Set<String> drivers() {
        return ModelMaker.installed().keySet();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void sickChips_costTheOthersFewTicksAndInventNothing(String driver) throws Exception {
        var healthy = sample(driver);
        var tasks = List.of(
                task("nacks", driver, SICK_EVERY, this::forgetful),
                task("holds", driver, SICK_EVERY, chip -> new Sick(this::hold)),
                task("ones", driver, SICK_EVERY, chip -> new Sick(() -> {})),
                task("well", "sht3x", EVERY, Function.identity()),
                task("beside", "ads1115", EVERY, Function.identity()));
        var start = clock.nanoTime();
        var context = new SensorWorker.Context(hardware(new Sick(() -> {})), recorder, clock.asClock(), (t, e) -> {});
        var lane = FakeSource.lane(tasks, context);
        while (clock.nanoTime() - start < SPAN.toNanos()) {
            lane.turn();
            clock.advanceTo(lane.agenda().nextDue(clock.nanoTime()));
        }

        assertThat(ticks("well", "temperature")).isGreaterThan(KEPT);
        assertThat(ticks("beside", "a0")).isGreaterThan(KEPT);
        assertThat(recorder.readings("holds")).isEmpty();
        assertThat(recorder.isOnline("holds")).isFalse();
        assertThat(recorder.readings("ones")).isEmpty();
        assertThat(recorder.readings("nacks"))
                .allSatisfy(reading -> assertThat(healthy.get(reading.quantity()))
                        .as("%s of %s", reading.quantity(), driver)
                        .contains(number(reading)));
    }

    private long ticks(String sensor, String quantity) {
        return recorder.readings(sensor).stream()
                .filter(reading -> reading.quantity().equals(quantity))
                .count();
    }

    private static double number(Reading reading) {
        return ((Value.Numeric) reading.value()).number();
    }

    /** What a well chip says: what it may say in the first minute, as some values settle. */
    private Map<String, Set<Double>> sample(String driver) throws Exception {
        var model = model(driver);
        var values = new LinkedHashMap<String, Set<Double>>();
        var plan = plan(driver);
        try (var sensor = plan.opening().open(hardware(new OfModel(model)))) {
            for (var i = 0; i < 60; i++) {
                clock.advance(EVERY);
                try {
                    for (var measurement : sensor.read()) {
                        values.computeIfAbsent(measurement.quantity().name(), name -> new HashSet<>())
                                .add(((Value.Numeric) measurement.value()).number());
                    }
                } catch (SensorException notYet) {
                    assertThat(notYet).hasMessageNotContaining("acknowledged");
                }
            }
        }
        return values;
    }

    private ChipModel model(String driver) {
        return Objects.requireNonNull(ModelMaker.installed().get(driver)).make(clock::nanoTime);
    }

    private static SensorPlan plan(String driver) {
        var problems = new Problems();
        var plan = Drivers.installed().find(driver).orElseThrow().plan(ConfigFile.parse("", problems));
        assertThat(problems.list()).isEmpty();
        return plan;
    }

    private Task task(String id, String driver, Duration every, Function<Registers, Registers> sickness) {
        var plan = plan(driver);
        var registers = sickness.apply(new OfModel(model(driver)));
        var measurements = plan.quantities().stream()
                .map(quantity -> FakeSource.config(quantity, every, true, 1, 0))
                .collect(Collectors.toMap(MeasurementConfig::quantity, Function.identity()));
        var own = new SensorPlan(
                plan.source(), plan.quantities(), hardware -> plan.opening().open(hardware(registers)));
        return new Task(
                new ScheduledSensor(new ItemId(id), driver, every, own, measurements, Map.of()),
                clock.nanoTime(),
                recorder,
                FakeSource.NO_STATE);
    }

    private Registers forgetful(Registers chip) {
        return new Forgetful(chip, random);
    }

    private void hold() throws SensorException {
        clock.advance(KERNEL_TIMEOUT);
        throw new SensorException("Connection timed out");
    }

    private Hardware hardware(Registers registers) {
        return new Hardware() {
            @Override
            public <T> T access(Class<T> kind) {
                return Hardware.pick(
                        kind, new DeviceFiles(new Roots(Path.of("none"), Path.of("none"), Path.of("none"))), (I2cBuses)
                                this::registers);
            }

            private Registers registers(int bus, int address) {
                return registers;
            }

            @Override
            public long nanoTime() {
                return clock.nanoTime();
            }

            @Override
            public void pause(Duration duration) {
                clock.advance(duration);
            }
        };
    }

    /** A model as a driver sees it. */
    private record OfModel(ChipModel model) implements Registers {
        @Override
        public void write(int... bytes) throws SensorException {
            var raw = new byte[bytes.length];
            for (var i = 0; i < bytes.length; i++) {
                raw[i] = (byte) bytes[i];
            }
            try {
                model.write(raw);
            } catch (NotAcknowledged refused) {
                throw new SensorException("not acknowledged", refused);
            }
        }

        @Override
        public byte[] read(int count) throws SensorException {
            try {
                return model.read(count);
            } catch (NotAcknowledged refused) {
                throw new SensorException("not acknowledged", refused);
            }
        }

        @Override
        public byte[] readRegister(int register, int count) throws SensorException {
            write(register);
            return read(count);
        }

        @Override
        public void close() {}
    }

    /** Acknowledges seven transfers of ten; also the second half of one with a repeated start. */
    private record Forgetful(Registers chip, Random random) implements Registers {
        private void maybe() throws SensorException {
            if (random.nextDouble() < NACKS) {
                throw new SensorException("no acknowledgement");
            }
        }

        @Override
        public void write(int... bytes) throws SensorException {
            maybe();
            chip.write(bytes);
        }

        @Override
        public byte[] read(int count) throws SensorException {
            maybe();
            return chip.read(count);
        }

        @Override
        public byte[] readRegister(int register, int count) throws SensorException {
            maybe();
            chip.write(register);
            maybe();
            return chip.read(count);
        }

        @Override
        public void close() {
            chip.close();
        }
    }

    private interface Trouble {
        void happen() throws SensorException;
    }

    /** After the trouble, if that goes by, only ones. */
    private record Sick(Trouble trouble) implements Registers {
        @Override
        public void write(int... bytes) throws SensorException {
            trouble.happen();
        }

        @Override
        public byte[] read(int count) throws SensorException {
            trouble.happen();
            var ones = new byte[count];
            Arrays.fill(ones, (byte) 0xff);
            return ones;
        }

        @Override
        public byte[] readRegister(int register, int count) throws SensorException {
            return read(count);
        }

        @Override
        public void close() {}
    }
}
