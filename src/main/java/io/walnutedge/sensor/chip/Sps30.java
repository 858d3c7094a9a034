package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.I2cDriver;
import io.walnutedge.sensor.i2c.WordCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sensirion SPS30 with its pin SEL at ground: mass and number of particles in the air, measured each second (datasheet
 * SPS30, version 2.0). Stateless; any thread.
 *
 * <p>The chip takes no repeated start and at most 100 kHz. Its fan and its laser rest while nobody reads it.
 */
@AutoService(SensorDriver.class)
public final class Sps30 implements I2cDriver {
    // table 8, with their longest times
    private static final int START = 0x0010;
    private static final int STOP = 0x0104;
    private static final int DATA_READY = 0x0202;
    private static final int READ = 0x0300;
    private static final int CLEAN = 0x5607;
    private static final int CLEANING_INTERVAL = 0x8004;
    private static final int PRODUCT_TYPE = 0xd002;
    private static final int VERSION = 0xd100;
    private static final int STATUS = 0xd206;
    private static final int CLEAR_STATUS = 0xd210;
    private static final int RESET = 0xd304;
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofMillis(20);
    private static final Duration RESET_TIME = Duration.ofMillis(100);

    private static final Duration PERIOD = Duration.ofSeconds(1); // table 1: sampling interval
    private static final String SPS30 = "00080000"; // 6.3.9
    private static final int NEWER = 0x0202; // table 8: the first version with the type, the status and a new interval
    private static final int FAN_FAILED = 1 << 4; // 4.4; stays until it is cleared
    private static final int LASER_FAILED = 1 << 5; // 4.4
    private static final int FAN_SPEED = 1 << 21; // 4.4
    private static final Duration CLEANING = Duration.ofSeconds(10); // 4.2: no new values meanwhile
    private static final int WORDS = 10; // 4.3
    private static final int MAX_MASS = 1000; // table 1
    private static final int MAX_COUNT = 0xfffe; // table 1 promises 3000, which is passed within the range of masses
    private static final double MAX_MICROMETRES = 10; // table 1: particles of 0.3 to 10 um

    private static final Quantity COUNT = new Quantity("count", "1/cm³", 1);
    private static final Quantity SIZE = new Quantity("typical-size", "µm", 3);

    /** In the order of 4.3. */
    private static final List<Quantity> QUANTITIES = List.of(
            Quantity.PARTICLES.named("pm1"),
            Quantity.PARTICLES.named("pm2-5"),
            Quantity.PARTICLES.named("pm4"),
            Quantity.PARTICLES.named("pm10"),
            COUNT.named("count0-5"),
            COUNT.named("count1"),
            COUNT.named("count2-5"),
            COUNT.named("count4"),
            COUNT.named("count10"),
            SIZE);

    /** Measurement output formats, 4.3 and 6.3.1. */
    enum Output {
        FLOAT(0x0300, 2 * WORDS),
        INTEGER(0x0500, WORDS); // from version 2.0

        private final int argument;
        private final int words;

        Output(int argument, int words) {
            this.argument = argument;
            this.words = words;
        }

        /** In µg/m³, 1/cm³ and µm. */
        double number(int[] answer, int at) {
            if (this == FLOAT) {
                return WordCommands.number(answer, 2 * at);
            }
            return at == WORDS - 1 ? answer[at] / 1000.0 : answer[at];
        }
    }

    /** @param dirty whether the fan is still to be cleaned */
    private record Options(Output output, Duration warmUp, Optional<Integer> cleaningSeconds, AtomicBoolean dirty) {}

    @Override
    public ChipDescriptor chip() {
        // 6
        return ChipDescriptor.of("sps30", "Sensirion SPS30", 0x69)
                .keys("its pin SEL at ground, for I2C; `output` **float** integer (of the chip; integers need its"
                        + " version 2.0); `warm-up` (of the fan, without values) 0s to 10m, **30s**;"
                        + " `cleaning-interval` (of its fan; kept by the chip, whose own is 7d) 1h to 7d, or 0s"
                        + " for never; `clean-at-start` (10 s) true **false**, for a chip that is switched off"
                        + " more often");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var output = settings.choice("output", Output.FLOAT);
        // table 1: typical start-up time in clean air
        var warmUp = settings.duration("warm-up", Duration.ofSeconds(30), Duration.ZERO, Duration.ofMinutes(10));
        var dirty = new AtomicBoolean(settings.flag("clean-at-start", false));
        var options = new Options(output, warmUp, cleaning(settings), dirty);
        return plan(settings, "SPS30", QUANTITIES, chip -> {
                    var sensor = new Opened(chip, options);
                    sensor.prepare();
                    return sensor;
                })
                .noSooner(PERIOD);
    }

    private static Optional<Integer> cleaning(ConfigTable settings) {
        var interval = settings.optionalDuration("cleaning-interval", Duration.ZERO, Duration.ofDays(7));
        // 1 h: the fan would else clean more than it measures
        if (interval.isPresent() && !interval.get().isZero() && interval.get().compareTo(Duration.ofHours(1)) < 0) {
            settings.problem("cleaning-interval", "must be 0s, for never, or 1h to 7d");
        }
        return interval.map(each -> Math.toIntExact(each.toSeconds()));
    }

    /** Opened anew, and so started anew, after each failure, which may have been a power cut. */
    private static final class Opened implements Sensor {
        private final I2cChip chip;
        private final Options options;
        private final WordCommands bus;
        private final NewValues news;
        private boolean isNewer;
        private long warmAt;

        Opened(I2cChip chip, Options options) {
            this.chip = chip;
            this.options = options;
            this.bus = new WordCommands(chip, SHORT);
            this.news = new NewValues(chip, CLEANING);
        }

        /** The format can only be chosen at the start of the measurement, and that only when it rests (4.1). */
        void prepare() throws SensorException, InterruptedException {
            identify();
            command(STOP, LONG);
            if (options.cleaningSeconds.isPresent()) {
                setCleaning(options.cleaningSeconds.get());
            }
            if (isNewer) {
                command(CLEAR_STATUS, SHORT);
            }
            bus.send(START, options.output.argument);
            chip.pause(LONG);
            warmAt = chip.nanoTime() + options.warmUp.toNanos();
            if (options.dirty.get()) {
                command(CLEAN, SHORT);
                warmAt += CLEANING.toNanos();
                options.dirty.set(false);
            }
            news.restart();
        }

        private void identify() throws SensorException, InterruptedException {
            var version = bus.ask(VERSION, 1)[0];
            isNewer = version >= NEWER;
            if (!isNewer) {
                return;
            }
            var type = new StringBuilder();
            for (var word : bus.ask(PRODUCT_TYPE, SPS30.length() / 2)) {
                type.append((char) (word >> 8)).append((char) (word & 0xff));
            }
            if (!SPS30.contentEquals(type)) {
                throw chip.fault("the chip is another one: its product type is \"" + type + "\", not " + SPS30);
            }
        }

        private void command(int command, Duration time) throws SensorException, InterruptedException {
            bus.send(command);
            chip.pause(time);
        }

        /** It is kept in the chip's flash memory, so it is only written where it differs. */
        private void setCleaning(int seconds) throws SensorException, InterruptedException {
            if (cleaning() == seconds) {
                return;
            }
            bus.send(CLEANING_INTERVAL, seconds >> 16, seconds & 0xffff);
            chip.pause(LONG);
            if (!isNewer) {
                // 6.3.8: it shows the former one until then
                command(RESET, RESET_TIME);
            }
            chip.same("cleaning interval", seconds, cleaning());
        }

        private int cleaning() throws SensorException, InterruptedException {
            var words = bus.ask(CLEANING_INTERVAL, 2);
            return (words[0] << 16) | words[1];
        }

        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            var isWarm = chip.nanoTime() - warmAt >= 0;
            checkStatus(isWarm);
            if (!news.has(bus.ask(DATA_READY, 1)[0] == 1)) {
                return List.of();
            }
            var answer = bus.ask(READ, options.output.words);
            return isWarm ? measurements(answer) : List.of();
        }

        private void checkStatus(boolean isWarm) throws SensorException, InterruptedException {
            if (!isNewer) {
                return;
            }
            var words = bus.ask(STATUS, 2);
            var status = (words[0] << 16) | words[1];
            if ((status & LASER_FAILED) != 0) {
                throw chip.fault("its laser has failed, or it is too hot");
            }
            if ((status & FAN_FAILED) != 0) {
                throw chip.fault("its fan stands still; look for what blocks it");
            }
            if (isWarm && (status & FAN_SPEED) != 0) {
                throw chip.fault("its fan does not have its speed; look at its 5 V supply");
            }
        }

        private List<Measurement> measurements(int[] answer) throws SensorException {
            var measurements = new ArrayList<Measurement>(WORDS);
            for (var i = 0; i < WORDS; i++) {
                var quantity = QUANTITIES.get(i);
                var max = quantity.unit().equals(COUNT.unit())
                        ? MAX_COUNT
                        : quantity.equals(SIZE) ? MAX_MICROMETRES : MAX_MASS;
                measurements.add(chip.measured(quantity, options.output.number(answer, i), 0, max));
            }
            return List.copyOf(measurements);
        }

        /** Also stops the fan, which would go on for ever. */
        @Override
        public void close() {
            try {
                bus.send(STOP);
            } catch (SensorException e) {
                // a chip that is not there does not measure
            }
        }
    }
}
