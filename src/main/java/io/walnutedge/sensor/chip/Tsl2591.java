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
import java.time.Duration;
import java.util.List;

/**
 * ams TSL2591: illuminance from visible and infrared light, switched on for each reading (datasheet TSL2591, version 1-05).
 * Stateless; any thread.
 *
 * <p>The datasheet has no formula for lux; this one is that of Linux and of Adafruit's library.
 */
@AutoService(SensorDriver.class)
public final class Tsl2591 implements I2cDriver {
    private static final int COMMAND = 0xa0; // command register: CMD, normal transaction
    private static final int ENABLE = COMMAND; // register description
    private static final int CONTROL = COMMAND | 0x01;
    private static final int ID = COMMAND | 0x12;
    private static final int STATUS = COMMAND | 0x13;
    private static final int DATA = COMMAND | 0x14; // two bytes visible and infrared, then two bytes infrared
    private static final int DEVICE = 0x50; // ID register
    private static final int POWER = 0x01; // enable register, PON
    private static final int MEASURE = 0x02; // enable register, AEN
    private static final int OFF = 0x00;
    private static final int VALID = 0x01; // status register, AVALID: a conversion is over since AEN
    private static final int MAX = 0xffff; // 16 bits
    private static final int MAX_OF_100_MS = 36_863; // ALS characteristics: maximum count of 100 ms
    private static final long LONGEST_MILLIS = 108; // ALS characteristics: longest integration step of 100 ms
    private static final double COEFFICIENT = 408; // Linux, drivers/iio/light/tsl2591.c
    private static final double MAX_LUX = 88_000; // features: 188 microlux to 88000 lux

    /** AGAIN (control register), typical factors as Linux has them. */
    enum Gain {
        LOW(0, 1),
        MEDIUM(1, 25),
        HIGH(2, 428),
        MAX(3, 9876);

        private final int code;
        private final int factor;

        Gain(int code, int factor) {
            this.code = code;
            this.factor = factor;
        }
    }

    @Override
    public ChipDescriptor chip() {
        // Ordering information; ID, with the command bits; the others of this address have none of its transaction
        // types
        return ChipDescriptor.of("tsl2591", "ams TSL2591", 0x29)
                .id(0xb2, 0x50)
                .rank(ChipDescriptor.FIRST)
                .keys("`gain` low **medium** high max (1, 25, 428, 9876); "
                        + "`integration-time` **100** 200 300 400 500 600 (ms)");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var gain = settings.choice("gain", Gain.MEDIUM);
        var millis = I2cChip.oneOf(settings, "integration-time", 100, List.of(100, 200, 300, 400, 500, 600));
        return plan(settings, "TSL2591", List.of(Quantity.ILLUMINANCE), chip -> {
                    var id = one(chip, ID);
                    if (id != DEVICE) {
                        throw chip.fault("its id is " + I2cChip.hex(id, 2) + ", not 0x50; it is no TSL2591");
                    }
                    return new Opened(chip, gain, millis);
                })
                .noSooner(Duration.ofMillis(millis));
    }

    private static int one(I2cChip chip, int register) throws SensorException {
        return chip.readRegister(register, 1)[0] & 0xff;
    }

    private record Opened(I2cChip chip, Gain gain, int millis) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            var control = (gain.code << 4) | (millis / 100 - 1); // AGAIN, ATIME
            chip.write(ENABLE, POWER);
            chip.write(CONTROL, control);
            chip.write(ENABLE, POWER | MEASURE);
            chip.await(Duration.ofMillis(millis / 100 * LONGEST_MILLIS), () -> (one(chip, STATUS) & VALID) != 0);
            var data = chip.readRegister(DATA, 4);
            chip.same("enable register", POWER | MEASURE, one(chip, ENABLE));
            chip.same("control register", control, one(chip, CONTROL));
            chip.write(ENABLE, OFF);
            return List.of(Measurement.of(
                    Quantity.ILLUMINANCE, lux(I2cChip.littleEndian16(data, 0), I2cChip.littleEndian16(data, 2))));
        }

        private double lux(int both, int infrared) throws SensorException {
            var max = millis == 100 ? MAX_OF_100_MS : MAX;
            if (both >= max || infrared >= max) {
                throw chip.none("saturated; write a lower gain or a shorter integration-time");
            }
            if (both <= infrared) {
                return 0; // nothing but infrared, or dark
            }
            var countsPerLux = millis * gain.factor / COEFFICIENT;
            var lux = (both - infrared) * (1 - (double) infrared / both) / countsPerLux;
            return chip.within(Quantity.ILLUMINANCE, lux, 0, MAX_LUX);
        }
    }
}
