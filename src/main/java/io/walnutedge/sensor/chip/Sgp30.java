package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Derived;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.I2cDriver;
import io.walnutedge.sensor.i2c.WordCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sensirion SGP30: TVOC and the CO2 that it estimates from them (datasheet SGP30, version 1.0). Stateless; any thread.
 *
 * <p>Its algorithm wants a measurement each second (Air Quality Signals), so that is how often it is read. What it learnt of
 * the air, its baseline, goes over a restart of the program, for the chip keeps it as long as it has power.
 */
@AutoService(SensorDriver.class)
public final class Sgp30 implements I2cDriver {
    // I2C commands and their longest times: Measurement Commands, table 10
    private static final int INIT = 0x2003;
    private static final int MEASURE = 0x2008;
    private static final int GET_BASELINE = 0x2015; // answers that of CO2, that of TVOC
    private static final int SET_HUMIDITY = 0x2061;
    private static final int FEATURE_SET = 0x202f;
    private static final Duration COMMAND_TIME = Duration.ofMillis(10);
    private static final Duration MEASURE_TIME = Duration.ofMillis(12);
    private static final int PRODUCT_TYPE = 0xf000; // Feature Set: the upper four bits, 0 of an SGP30
    private static final int OLDEST = 0x20; // Feature Set: the first version sold
    private static final int STARTING = 15; // Air Quality Signals: measurements, one a second, with fixed values
    private static final int FIXED_ECO2 = 400;
    private static final double MIN_GRAMS = 0.1; // Humidity Compensation: 0 would switch it off
    private static final double MAX_GRAMS = 255.9;
    private static final Duration PERIOD = Duration.ofSeconds(1);

    @Override
    public ChipDescriptor chip() {
        // Table 8
        return ChipDescriptor.of("sgp30", "Sensirion SGP30", 0x58)
                .takesCommands()
                .keys("read each second, as its algorithm wants it; `every` is how often the mean is published; "
                        + "`absolute-humidity` of the air, 0.1 to 255.9, **11.57** (g/m³), "
                        + "or `compensate` by temperature and humidity");
    }

    @Override
    public Optional<Duration> sampleEvery() {
        return Optional.of(PERIOD);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        // Humidity Compensation: 11.57 is what it begins with
        var fixed = settings.number("absolute-humidity", 11.57, MIN_GRAMS, MAX_GRAMS);
        var compensation = Compensation.read(settings, Quantity.TEMPERATURE, Quantity.HUMIDITY);
        return plan(
                settings,
                "SGP30",
                List.of(Quantity.ECO2, Quantity.TVOC),
                compensation.needs(),
                chip -> new Opened(chip, fixed, compensation).prepared());
    }

    private static final class Opened extends PreparedSensor {
        private final I2cChip chip;
        private final double fixed;
        private final Compensation compensation;
        private final WordCommands bus;
        private int starting;
        private int written;

        Opened(I2cChip chip, double fixed, Compensation compensation) {
            this.chip = chip;
            this.fixed = fixed;
            this.compensation = compensation;
            this.bus = new WordCommands(chip, COMMAND_TIME);
        }

        /** A chip that has a baseline runs and is not initialized: it would lose what it learnt of the air. */
        @Override
        void prepare() throws SensorException, InterruptedException {
            var features = bus.ask(FEATURE_SET, 1)[0];
            if ((features & PRODUCT_TYPE) != 0 || (features & 0xff) < OLDEST) {
                throw chip.fault("the chip is another one: its feature set is " + I2cChip.hex(features, 4));
            }
            if (!hasBaseline()) {
                command(INIT);
                starting = STARTING;
            }
            written = 0;
            compensate();
        }

        /** Humidity Compensation: in 1/256 g/m3; the datasheet's own default where nothing is known. */
        private void compensate() throws SensorException, InterruptedException {
            var celsius = compensation.value(chip, Quantity.TEMPERATURE, -40, 85); // Operating conditions
            var percent = compensation.value(chip, Quantity.HUMIDITY, 0, 100);
            var grams = celsius.isPresent() && percent.isPresent()
                    ? Derived.absoluteHumidity(celsius.getAsDouble(), percent.getAsDouble())
                    : fixed;
            var word = (int) Math.round(Math.max(MIN_GRAMS, Math.min(MAX_GRAMS, grams)) * 256);
            if (word != written) {
                command(SET_HUMIDITY, word);
                written = word;
            }
        }

        private void command(int command, int... words) throws SensorException, InterruptedException {
            bus.send(command, words);
            chip.pause(COMMAND_TIME);
        }

        @Override
        List<Measurement> sample() throws SensorException, InterruptedException {
            compensate();
            var words = bus.ask(MEASURE, 2, MEASURE_TIME);
            if (starting > 0) {
                starting--;
                return List.of();
            }
            if (words[0] == FIXED_ECO2 && words[1] == 0 && !hasBaseline()) {
                throw chip.fault("answers what it does before its first value; was its power interrupted?");
            }
            // Air Quality Signals: output ranges
            return List.of(
                    chip.measuredOnceBegun(Quantity.ECO2, words[0], 400, 60_000),
                    chip.measured(Quantity.TVOC, words[1], 0, 60_000));
        }

        /** The maker's driver takes none of two zeros (sgp30_get_iaq_baseline). */
        private boolean hasBaseline() throws SensorException, InterruptedException {
            var baseline = bus.ask(GET_BASELINE, 2);
            return baseline[0] != 0 || baseline[1] != 0;
        }
    }
}
