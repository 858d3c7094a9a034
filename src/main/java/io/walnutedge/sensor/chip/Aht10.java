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
import java.time.Duration;
import java.util.List;

/**
 * Aosong AHT10 and AHT15: temperature and humidity without a checksum, one measurement for each reading (AHT10 Technical
 * Manual, version 1.1). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Aht10 implements I2cDriver {
    private static final int SOFT_RESET = 0xba; // 5.3, table 9
    private static final Duration RESET_TIME = Duration.ofMillis(20); // Soft reset: at most
    private static final int[] INITIALIZE = {0xe1, 0x08, 0x00}; // 5.3, table 9: the command that the AHT20 has not
    private static final Duration INITIALIZE_TIME = Duration.ofMillis(350); // Linux, aht10.c, AHT10_CMD_DELAY
    private static final int[] MEASURE = {0xac, 0x33, 0x00}; // 5.3, table 9
    /** Linux, aht10.c: 80 ms, and up to 100 more; before 90 ms some have no humidity, and yet say that they are ready. */
    private static final Duration MEASURE_TIME = Duration.ofMillis(100);

    private static final int LENGTH = 6; // status, 20 bits of humidity, 20 bits of temperature

    @Override
    public ChipDescriptor chip() {
        // 5.3; pin ADR high
        return ChipDescriptor.of("aht10", "Aosong AHT10, AHT15", 0x38, 0x39).takesCommands();
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        return plan(
                        settings,
                        "AHT10",
                        List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY),
                        chip -> new Opened(chip).prepared())
                .noSooner(MEASURE_TIME);
    }

    private static final class Opened extends PreparedSensor {
        private final I2cChip chip;

        Opened(I2cChip chip) {
            this.chip = chip;
        }

        @Override
        void prepare() throws SensorException, InterruptedException {
            chip.write(SOFT_RESET);
            chip.pause(RESET_TIME);
            AhtFrame.initialize(chip, INITIALIZE, INITIALIZE_TIME);
        }

        @Override
        List<Measurement> sample() throws SensorException, InterruptedException {
            chip.write(MEASURE);
            chip.await(MEASURE_TIME, () -> (AhtFrame.status(chip) & AhtFrame.BUSY) == 0);
            return AhtFrame.measurements(chip, chip.alive(chip.read(LENGTH)), 85); // Sensor performance
        }
    }
}
