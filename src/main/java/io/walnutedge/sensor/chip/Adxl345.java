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

/** Analog Devices ADXL345: acceleration in full resolution (datasheet ADXL345, revision E). Stateless; any thread. */
@AutoService(SensorDriver.class)
public final class Adxl345 implements I2cDriver {
    // numbers and bits of the section "Register map" and "Register definitions"
    private static final Expected ID = Expected.of(0x00, 0xe5); // DEVID
    private static final int OFFSETS = 0x1e; // OFSX, OFSY, OFSZ
    private static final int RATE = 0x2c; // BW_RATE; after it POWER_CTL
    private static final int MEASURE = 0x08; // POWER_CTL; 0 after power-up: standby
    private static final int SOURCE = 0x30; // INT_SOURCE; after it DATA_FORMAT
    private static final int DATA_READY = 0x80; // INT_SOURCE; reading the data clears it
    private static final int FORMAT = 0x31; // DATA_FORMAT
    private static final int FULL_RESOLUTION = 0x08; // DATA_FORMAT
    private static final int DATA = 0x32; // DATAX0 to DATAZ1, the lower byte first
    private static final int FIFO = 0x38; // FIFO_CTL; 0 is bypass
    private static final double STEP = Axes.GRAVITY / 256; // specifications: sensitivity in full resolution

    private static final List<Integer> RANGES = List.of(2, 4, 8, 16); // table 21, in g, by code
    private static final List<Integer> RATES = List.of(25, 50, 100, 200, 400); // table 7, from code 8

    @Override
    public ChipDescriptor chip() {
        // Section "I2C"
        return ChipDescriptor.of("adxl345", "Analog Devices ADXL345", 0x53, 0x1d)
                .keys("`range` **2** 4 8 16 (g); `rate` 25 50 **100** 200 400 (samples per second)");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var range = I2cChip.oneOf(settings, "range", 2, RANGES);
        var rate = I2cChip.oneOf(settings, "rate", 100, RATES);
        return plan(
                settings, "ADXL345", Axes.ACCELERATION.quantities(), chip -> new Opened(chip, range, rate).prepared());
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
            // "Power sequencing": settings in standby, then measure
            chip.write(RATE, rateCode(), 0);
            chip.write(OFFSETS, 0, 0, 0);
            chip.write(FORMAT, format());
            chip.write(FIFO, 0);
            chip.write(RATE, rateCode(), MEASURE);
            chip.pause(period().plusNanos(1_100_000)); // specifications: the turn-on time
        }

        private int rateCode() {
            return 8 + RATES.indexOf(rate);
        }

        private int format() {
            return FULL_RESOLUTION | RANGES.indexOf(range);
        }

        private Duration period() {
            return Duration.ofNanos(1_000_000_000L / rate);
        }

        @Override
        List<Measurement> sample() throws SensorException, InterruptedException {
            chip.readRegister(DATA, 6); // forgets older samples
            chip.await(period(), this::isThere);
            keepPrepared();
            var codes = Axes.littleEndian(chip.alive(chip.readRegister(DATA, 6)));
            return List.copyOf(Axes.ACCELERATION.measured(chip, codes, range * 256 - 1, STEP, "range"));
        }

        private boolean isThere() throws SensorException {
            var power = chip.readRegister(RATE, 2);
            chip.same("BW_RATE", rateCode(), power[0] & 0xff);
            chip.same("POWER_CTL", MEASURE, power[1] & 0xff);
            var state = chip.readRegister(SOURCE, 2);
            chip.same("DATA_FORMAT", format(), state[1] & 0xff);
            return (state[0] & DATA_READY) != 0;
        }
    }
}
