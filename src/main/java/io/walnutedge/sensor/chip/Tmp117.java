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
import io.walnutedge.sensor.i2c.Range;
import java.time.Duration;
import java.util.List;

/**
 * Texas Instruments TMP117, TMP116: temperature, one shot for each reading (datasheet SNOSD82). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Tmp117 implements I2cDriver {
    private static final Range CELSIUS = Range.celsius(-55, 150); // 1
    private static final int TEMPERATURE = 0x00; // 7.6.1, table 7-3
    private static final int CONFIGURATION = 0x01; // 7.6.1, table 7-3
    private static final int DEVICE_ID = 0x0f; // 7.6.1, table 7-3
    private static final int DID = 0x0fff; // 7.6.1.11: the bits above are the revision
    private static final int TMP117_ID = 0x0117; // 7.6.1.11
    private static final int TMP116_ID = 0x0116; // SBOS740, 7.6.1.11
    private static final int DATA_READY = 0x2000; // 7.6.1.2, bit 13
    private static final int ONE_SHOT = 0x0c00; // 7.6.1.2, MOD; falls back to shutdown when it is done
    private static final int CONV_AND_AVG = 0x03e0; // 7.6.1.2: bits 9 to 5; CONV is 4 after a reset, and 0 here
    private static final int NOT_YET = 0x8000; // 7.6.1.1: -256 °C until the first conversion has ended
    private static final double STEP = 0.0078125; // 7.6.1.1, in °C
    private static final long LONGEST_NANOS = 17_500_000; // 6.5: active conversion time, of each that is averaged
    private static final List<Integer> AVERAGES = List.of(1, 8, 32, 64); // 7.6.1.2, AVG

    @Override
    public ChipDescriptor chip() {
        // 7.5.3.1, table 7-2; Device_ID, above it the revision: a TMP119 is alike; the second is that of a TMP116,
        // which is read alike
        return ChipDescriptor.of("tmp117", "Texas Instruments TMP117, TMP116", 0x48, 0x49, 0x4a, 0x4b)
                .id(0x0f, 2, 0x0fff, 0x0117)
                .id(0x0f, 2, 0x0fff, 0x0116)
                .rank(ChipDescriptor.FIRST)
                .keys("`average` 1 **8** 32 64 (of 15.5 ms each)")
                .kernel("tmp117", CELSIUS);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var average = I2cChip.oneOf(settings, "average", 8, AVERAGES);
        return plan(settings, "TMP117", List.of(Quantity.TEMPERATURE), chip -> {
            var id = chip.word(DEVICE_ID) & DID;
            if (id != TMP117_ID && id != TMP116_ID) {
                throw chip.fault("the chip is another one: its id is " + I2cChip.hex(id, 3));
            }
            return new Opened(chip, average);
        });
    }

    private record Opened(I2cChip chip, int average) implements Sensor {
        private int averaging() {
            return AVERAGES.indexOf(average) << 5;
        }

        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            chip.writeWord(CONFIGURATION, ONE_SHOT | averaging());
            chip.await(Duration.ofNanos(average * LONGEST_NANOS), this::isOver);
            var word = chip.word(TEMPERATURE);
            if (word == NOT_YET) {
                throw chip.fault("did not convert; was its power interrupted?");
            }
            return List.of(chip.measured(CELSIUS, (short) word * STEP));
        }

        /** To read the flag clears it (7.6.1.2). */
        private boolean isOver() throws SensorException {
            var found = I2cChip.unsigned16(chip.alive(chip.readRegister(CONFIGURATION, 2)), 0);
            chip.same("configuration", averaging(), found & CONV_AND_AVG);
            return (found & DATA_READY) != 0;
        }
    }
}
