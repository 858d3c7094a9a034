package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.I2cDriver;
import io.walnutedge.sensor.i2c.Probe.Expected;
import java.time.Duration;
import java.util.List;

/**
 * STMicroelectronics LIS3DH and LIS2DH12: acceleration with 12 bits, high resolution mode (datasheet DocID17530, revision
 * 2). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Lis3dh implements I2cDriver {
    private static final Expected ID = Expected.of(0x0f, 0x33); // 8, WHO_AM_I
    private static final int MANY = 0x80; // 6.1.1: the register's number goes up with each byte
    private static final int CONTROL = 0x20; // 8, CTRL_REG1 to CTRL_REG5
    private static final int AXES = 0x07; // 8, CTRL_REG1, Xen, Yen, Zen
    private static final int BLOCK_UPDATE = 0x80; // 8, CTRL_REG4, BDU: both bytes of a number are of one sample
    private static final int HIGH_RESOLUTION = 0x08; // 8, CTRL_REG4, HR
    private static final int STATUS = 0x27; // 8, STATUS_REG
    private static final int NEW_DATA = 0x08; // 8, STATUS_REG, ZYXDA; reading the data clears it
    private static final int DATA = 0x28; // 8, OUT_X_L to OUT_Z_H, the lower byte first, from the left

    private static final List<Integer> RANGES = List.of(2, 4, 8, 16); // 8, CTRL_REG4, FS, in g, by code
    private static final List<Integer> STEPS = List.of(1, 2, 4, 12); // 2.1, table 4, high resolution, in mg
    private static final List<Integer> RATES = List.of(1, 10, 25, 50, 100, 200, 400); // 8, CTRL_REG1, ODR, from code 1

    @Override
    public ChipDescriptor chip() {
        // 6.1
        return ChipDescriptor.of("lis3dh", "STMicroelectronics LIS3DH, LIS2DH12", 0x18, 0x19)
                .id(ID)
                .keys("`range` **2** 4 8 16 (g); `rate` 1 10 25 50 **100** 200 400 (samples per second)");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var range = I2cChip.oneOf(settings, "range", 2, RANGES);
        var rate = I2cChip.oneOf(settings, "rate", 100, RATES);
        return plan(
                settings, "LIS3DH", Axes.ACCELERATION.quantities(), chip -> new Opened(chip, range, rate).prepared());
    }

    private static final class Opened extends PreparedSensor {
        private final I2cChip chip;
        private final int range;
        private final int rate;

        Opened(I2cChip chip, int range, int rate) {
            this.chip = chip;
            this.range = range;
            this.rate = rate;
        }

        @Override
        void prepare() throws SensorException, InterruptedException {
            chip.identify(ID);
            chip.write(CONTROL | MANY, control1(), 0, 0, control4(), 0);
            chip.pause(samples(7)); // 3.2.1: the turn-on time
        }

        private int control1() {
            return ((RATES.indexOf(rate) + 1) << 4) | AXES;
        }

        private int control4() {
            return BLOCK_UPDATE | (RANGES.indexOf(range) << 4) | HIGH_RESOLUTION;
        }

        private Duration samples(int count) {
            return Duration.ofNanos(count * 1_000_000_000L / rate);
        }

        @Override
        List<Measurement> sample() throws SensorException, InterruptedException {
            chip.readRegister(DATA | MANY, 6); // forgets older samples
            chip.await(samples(1), this::isThere);
            keepPrepared();
            var codes = Axes.littleEndian(chip.alive(chip.readRegister(DATA | MANY, 6)));
            for (var axis = 0; axis < codes.length; axis++) {
                codes[axis] >>= 4;
            }
            var step = STEPS.get(RANGES.indexOf(range));
            return List.copyOf(
                    Axes.ACCELERATION.measured(chip, codes, range * 1000 / step, step * Axes.GRAVITY / 1000, "range"));
        }

        private boolean isThere() throws SensorException {
            var found = chip.readRegister(CONTROL | MANY, 4);
            chip.same("CTRL_REG1", control1(), found[0] & 0xff);
            chip.same("CTRL_REG4", control4(), found[3] & 0xff);
            return (chip.readRegister(STATUS, 1)[0] & NEW_DATA) != 0;
        }
    }
}
