package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.I2cDriver;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sensirion SCD40 and SCD41: CO2, temperature and humidity, measured periodically (datasheet SCD4x, version 1.3).
 * Stateless; any thread.
 *
 * <p>A chip that lost its power is idle: it has no new value, and the reading fails.
 */
@AutoService(SensorDriver.class)
public final class Scd4x implements I2cDriver {
    private static final int READ_MEASUREMENT = 0xec05; // 3.5.2
    private static final int STOP = 0x3f86; // 3.5.3
    private static final Duration STOP_TIME = Duration.ofMillis(500); // 3.5.3
    private static final int SET_AMBIENT_PRESSURE = 0xe000; // 3.6.5: in hPa
    private static final int MIN_PRESSURE = 700; // 3.6.5
    private static final int MAX_PRESSURE = 1200;
    private static final int STANDARD_PRESSURE = 1013; // 3.6.5: default, 101300 Pa
    private static final int DATA_READY = 0xe4b8; // 3.8.2
    private static final int READY = 0x07ff; // 3.8.2: none of these bits is set, nothing is ready
    private static final int SERIAL_NUMBER = 0x3682; // 3.9.2
    private static final int REINIT = 0x3646; // 3.9.5: takes the settings from the EEPROM again
    private static final Duration REINIT_TIME = Duration.ofMillis(30); // 3.9.5; 20 ms in some versions
    private static final Duration COMMAND_TIME = Duration.ofMillis(1); // 3.4, table 9

    /** Settings that can be read back: the command that writes, 3.6.1, 3.6.3, 3.7.2, and the one that reads. */
    private enum Setting {
        TEMPERATURE_OFFSET(0x241d, 0x2318),
        ALTITUDE(0x2427, 0x2322),
        SELF_CALIBRATION(0x2416, 0x2313);

        private final int write;
        private final int read;

        Setting(int write, int read) {
            this.write = write;
            this.read = read;
        }
    }

    /** The commands that start, and the interval of new values. */
    enum Power {
        LOW(0x21ac, 30), // 3.8.1
        NORMAL(0x21b1, 5); // 3.5.1

        private final int command;
        private final int seconds;

        Power(int command, int seconds) {
            this.command = command;
            this.seconds = seconds;
        }
    }

    private record Options(
            Power power, Map<Setting, Integer> words, Optional<Integer> pressure, Compensation compensation) {}

    @Override
    public ChipDescriptor chip() {
        // 3.1
        return ChipDescriptor.of("scd4x", "Sensirion SCD40, SCD41", 0x62)
                .takesCommands()
                .keys("`power` low (a value each 30 s) **normal** (5 s); `self-calibration` **true** false; "
                        + "`altitude` 0 to 3000 (m), `ambient-pressure` 700 to 1200 (hPa) or `compensate` by pressure; "
                        + "`temperature-offset` 0 to 20 (°C); default of these: the chip's own");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var words = new LinkedHashMap<Setting, Integer>();
        words.put(Setting.SELF_CALIBRATION, settings.flag("self-calibration", true) ? 1 : 0);
        settings.optionalInteger("altitude", 0, 3000).ifPresent(metres -> words.put(Setting.ALTITUDE, metres));
        // 3.6.1
        settings.optionalNumber("temperature-offset", 0, 20)
                .ifPresent(kelvin ->
                        words.put(Setting.TEMPERATURE_OFFSET, Math.toIntExact(Math.round(kelvin * 65_535 / 175))));
        var pressure = settings.optionalInteger("ambient-pressure", MIN_PRESSURE, MAX_PRESSURE);
        if (pressure.isPresent() && words.containsKey(Setting.ALTITUDE)) {
            settings.problem("altitude", "and ambient-pressure exclude each other"); // 3.6.5: it overrides the altitude
        }
        var compensation = Compensation.read(settings, Quantity.PRESSURE);
        if (!compensation.isEmpty() && words.containsKey(Setting.ALTITUDE)) {
            settings.problem("altitude", "and compensate exclude each other");
        }
        var power = settings.choice("power", Power.NORMAL);
        var options = new Options(power, Map.copyOf(words), pressure, compensation);
        var quantities = List.of(Quantity.CO2, Quantity.TEMPERATURE, Quantity.HUMIDITY);
        return plan(settings, "SCD4x", quantities, compensation.needs(), chip -> {
                    prepare(chip, options);
                    command(chip, options.power.command);
                    return new Opened(chip, options);
                })
                .noSooner(Duration.ofSeconds(power.seconds));
    }

    private static void prepare(I2cChip chip, Options options) throws SensorException, InterruptedException {
        command(chip, STOP);
        chip.pause(STOP_TIME);
        command(chip, REINIT);
        chip.pause(REINIT_TIME);
        ask(chip, SERIAL_NUMBER, 3);
        for (var setting : Setting.values()) {
            var word = options.words.get(setting);
            if (word != null) {
                write(chip, setting.write, word);
                chip.same(setting.name(), word, ask(chip, setting.read, 1)[0]);
            }
        }
        if (options.pressure.isPresent()) {
            write(chip, SET_AMBIENT_PRESSURE, options.pressure.get());
        }
    }

    private static void command(I2cChip chip, int command) throws SensorException {
        chip.write(command >> 8, command & 0xff);
    }

    /** 3.3, table 8: the word is followed by its checksum. */
    private static void write(I2cChip chip, int command, int word) throws SensorException, InterruptedException {
        var crc = Crc8.SENSIRION.of((byte) (word >> 8), (byte) word);
        chip.write(command >> 8, command & 0xff, word >> 8, word & 0xff, crc);
        chip.pause(COMMAND_TIME);
    }

    private static int[] ask(I2cChip chip, int command, int words) throws SensorException, InterruptedException {
        command(chip, command);
        chip.pause(COMMAND_TIME);
        return chip.words(words, Crc8.SENSIRION);
    }

    private static final class Opened implements Sensor {
        private final I2cChip chip;
        private final Options options;
        private final NewValues news;
        private Optional<Integer> written;

        Opened(I2cChip chip, Options options) {
            this.chip = chip;
            this.options = options;
            this.written = options.pressure;
            this.news = new NewValues(chip, Duration.ofSeconds(options.power.seconds));
        }

        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            compensate();
            if (!news.has((ask(chip, DATA_READY, 1)[0] & READY) != 0)) {
                return List.of();
            }
            var words = ask(chip, READ_MEASUREMENT, 3);
            // 3.5.2, table 11; 1.1 to 1.3: output and operating ranges. 0 ppm: not measured (3.10.2)
            var celsius = -45 + 175 * (words[1] / 65_535.0);
            var percent = 100 * (words[2] / 65_535.0);
            return List.of(
                    chip.measuredOnceBegun(Quantity.CO2, words[0], 1, 40_000),
                    chip.measured(Quantity.TEMPERATURE, celsius, -10, 60),
                    chip.humidity(percent));
        }

        /** 3.6.5: may be written while it measures. */
        private void compensate() throws SensorException, InterruptedException {
            var value = options.compensation.value(chip, Quantity.PRESSURE, MIN_PRESSURE, MAX_PRESSURE);
            var wanted = value.isPresent()
                    ? Math.toIntExact(Math.round(value.getAsDouble()))
                    : options.pressure.orElse(STANDARD_PRESSURE);
            if (value.isEmpty() && written.isEmpty()) {
                return;
            }
            if (!written.equals(Optional.of(wanted))) {
                write(chip, SET_AMBIENT_PRESSURE, wanted);
                written = Optional.of(wanted);
            }
        }
    }
}
