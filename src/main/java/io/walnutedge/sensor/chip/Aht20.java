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
import java.util.List;

/**
 * Aosong AHT20 and AHT21: temperature and humidity, one measurement for each reading (datasheet AHT20, version 1.0).
 * Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Aht20 implements I2cDriver {
    private static final int SOFT_RESET = 0xba; // 5.5
    private static final Duration RESET_TIME = Duration.ofMillis(20); // 5.5: at most
    private static final int[] INITIALIZE = {0xbe, 0x08, 0x00}; // 5.3, table 9; 5.4, step 1
    private static final Duration INITIALIZE_TIME = Duration.ofMillis(10); // 5.4, step 1
    private static final int[] MEASURE = {0xac, 0x33, 0x00}; // 5.3, table 9; 5.4, step 2
    private static final Duration MEASURE_TIME = Duration.ofMillis(80); // 5.4, step 3
    private static final int LENGTH = 7; // 5.4, step 3: as AhtFrame, then the CRC

    @Override
    public ChipDescriptor chip() {
        // 5.3
        return ChipDescriptor.of("aht20", "Aosong AHT20, AHT21", 0x38)
                .takesCommands()
                .rank(ChipDescriptor.FIRST);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        return plan(settings, "AHT20", List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY), chip -> {
                    chip.write(SOFT_RESET);
                    chip.pause(RESET_TIME);
                    AhtFrame.initialize(chip, INITIALIZE, INITIALIZE_TIME);
                    return new Opened(chip);
                })
                .noSooner(MEASURE_TIME);
    }

    private record Opened(I2cChip chip) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            chip.write(MEASURE);
            chip.await(MEASURE_TIME, () -> (AhtFrame.status(chip) & AhtFrame.BUSY) == 0);
            var answer = chip.alive(chip.read(LENGTH));
            // 5.4, step 3: the same CRC
            chip.check(Crc8.SENSIRION.of(answer, 0, LENGTH - 1), answer[LENGTH - 1] & 0xff);
            return AhtFrame.measurements(chip, answer, 120); // the AHT21's range, which is the wider one
        }
    }
}
