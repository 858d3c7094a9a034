package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.I2cDriver;
import io.walnutedge.sensor.i2c.WordCommands;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Sensirion SCD30: CO2, temperature and humidity, measured continuously (Interface Description SCD30 and datasheet SCD30,
 * version 1.0). Stateless; any thread.
 *
 * <p>The chip stretches the clock for up to 30 ms, once a day 150 ms (I2C Protocol): the bus must allow it, at 50 kHz at
 * most. It keeps its settings without power, so only those that differ are written.
 */
@AutoService(SensorDriver.class)
public final class Scd30 implements I2cDriver {
    private static final int MEASURE =
            0x0010; // Trigger continuous measurement; with the ambient pressure in mbar, or 0
    private static final int MIN_PRESSURE = 700;
    private static final int MAX_PRESSURE = 1400;
    private static final int DATA_READY = 0x0202; // Get data ready status
    private static final int READ = 0x0300; // Read measurement: three numbers of 32 bits
    private static final int FIRMWARE = 0xd100; // Read firmware version
    private static final Duration BEFORE_READ = Duration.ofMillis(3); // I2C Sequence: between write and read header
    private static final Duration AFTER_WRITE = Duration.ofMillis(20); // the maker's driver, SCD30_WRITE_DELAY_US

    /** Settings that are read by the command that writes them (Sensor commands). */
    private enum Setting {
        INTERVAL(0x4600),
        SELF_CALIBRATION(0x5306),
        ALTITUDE(0x5102),
        TEMPERATURE_OFFSET(0x5403);

        private final int command;

        Setting(int command) {
            this.command = command;
        }
    }

    private record Options(int seconds, int pressure, Map<Setting, Integer> words, Compensation compensation) {}

    @Override
    public ChipDescriptor chip() {
        // I2C Address
        return ChipDescriptor.of("scd30", "Sensirion SCD30", 0x61)
                .takesCommands()
                .keys("`seconds` **2** to 60 between its measurements; `self-calibration` true false; "
                        + "`altitude` 0 to 8850 (m), `ambient-pressure` 700 to 1400 (hPa) or `compensate` by pressure; "
                        + "`temperature-offset` 0 to 100 (°C); default of these: the chip's own; "
                        + "the bus must allow clock stretching");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        // Set measurement interval: 2 to 1800; a reading waits for the next one, hence fewer
        var seconds = settings.integer("seconds", 2, 2, 60);
        var words = new EnumMap<Setting, Integer>(Setting.class);
        words.put(Setting.INTERVAL, seconds);
        if (settings.has("self-calibration")) {
            words.put(Setting.SELF_CALIBRATION, settings.flag("self-calibration", true) ? 1 : 0);
        }
        // up to the highest mountain
        settings.optionalInteger("altitude", 0, 8850).ifPresent(metres -> words.put(Setting.ALTITUDE, metres));
        // Set temperature offset: in hundredths of a degree
        settings.optionalNumber("temperature-offset", 0, 100)
                .ifPresent(kelvin -> words.put(Setting.TEMPERATURE_OFFSET, Math.toIntExact(Math.round(kelvin * 100))));
        var pressure = settings.optionalInteger("ambient-pressure", MIN_PRESSURE, MAX_PRESSURE);
        if (pressure.isPresent() && words.containsKey(Setting.ALTITUDE)) {
            settings.problem("altitude", "and ambient-pressure exclude each other"); // the pressure overrides it
        }
        var compensation = Compensation.read(settings, Quantity.PRESSURE);
        if (!compensation.isEmpty() && words.containsKey(Setting.ALTITUDE)) {
            settings.problem("altitude", "and compensate exclude each other");
        }
        var options = new Options(seconds, pressure.orElse(0), words, compensation);
        var quantities = List.of(Quantity.CO2, Quantity.TEMPERATURE, Quantity.HUMIDITY);
        return plan(settings, "SCD30", quantities, compensation.needs(), chip -> new Opened(chip, options).prepared())
                .noSooner(Duration.ofSeconds(seconds));
    }

    private static final class Opened extends PreparedSensor {
        private final I2cChip chip;
        private final Options options;
        private final WordCommands bus;
        private final NewValues news;
        private int written;

        Opened(I2cChip chip, Options options) {
            this.chip = chip;
            this.options = options;
            this.bus = new WordCommands(chip, BEFORE_READ);
            this.news = new NewValues(chip, Duration.ofSeconds(options.seconds));
        }

        @Override
        void prepare() throws SensorException, InterruptedException {
            bus.ask(FIRMWARE, 1);
            for (var each : options.words.entrySet()) {
                set(each.getKey(), each.getValue());
            }
            start(pressure());
        }

        private int pressure() {
            var mbar = options.compensation.value(chip, Quantity.PRESSURE, MIN_PRESSURE, MAX_PRESSURE);
            return mbar.isPresent() ? Math.toIntExact(Math.round(mbar.getAsDouble())) : options.pressure;
        }

        private void start(int pressure) throws SensorException, InterruptedException {
            bus.send(MEASURE, pressure);
            chip.pause(AFTER_WRITE);
            written = pressure;
            news.restart();
        }

        private void set(Setting setting, int word) throws SensorException, InterruptedException {
            if (bus.ask(setting.command, 1)[0] != word) {
                bus.send(setting.command, word);
                chip.pause(AFTER_WRITE);
                chip.same(setting.name(), word, bus.ask(setting.command, 1)[0]);
            }
        }

        @Override
        List<Measurement> sample() throws SensorException, InterruptedException {
            var pressure = pressure();
            if (pressure != written) {
                start(pressure);
            }
            if (!news.has(bus.ask(DATA_READY, 1)[0] == 1)) {
                return List.of();
            }
            var words = bus.ask(READ, 6);
            // datasheet, Sensor Specifications: output and operating ranges; air without CO2 was not measured
            return List.of(
                    chip.measuredOnceBegun(Quantity.CO2, WordCommands.number(words, 0), 1, 40_000),
                    chip.measured(Quantity.TEMPERATURE, WordCommands.number(words, 2), -40, 70),
                    chip.humidity(WordCommands.number(words, 4)));
        }
    }
}
