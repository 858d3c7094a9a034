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
import io.walnutedge.sensor.i2c.Probe.Expected;
import java.time.Duration;
import java.util.List;

/** ST HTS221: temperature and humidity, single conversions (datasheet DocID026333). Stateless; any thread. */
@AutoService(SensorDriver.class)
public final class Hts221 implements I2cDriver {
    private static final Expected ID = Expected.of(0x0f, 0xbc); // Register description, WHO_AM_I
    private static final int AVERAGE_BITS = 0x3f; // Register description, AV_CONF: AVGT and AVGH
    private static final List<Integer> HUMIDITY_AVERAGES =
            List.of(4, 8, 16, 32, 64, 128, 256, 512); // Register description, AVGH
    private static final int CALIBRATION = 0x30; // Calibration registers, table 19
    private static final int DATA_BYTES = 4; // Register description: HUMIDITY_OUT, TEMP_OUT

    /** The datasheet has no time of a conversion; this is the period of the highest data rate, 12.5 Hz (CTRL_REG1). */
    private static final Duration CONVERSION = Duration.ofMillis(80);

    @Override
    public ChipDescriptor chip() {
        // I2C operation; WHO_AM_I
        return ChipDescriptor.of("hts221", "ST HTS221", 0x5f)
                .id(ID)
                .keys("`averages` 4 8 16 **32** 64 128 256 512, of humidity");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var code = HUMIDITY_AVERAGES.indexOf(I2cChip.oneOf(settings, "averages", 32, HUMIDITY_AVERAGES));
        return plan(settings, "HTS221", List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY), chip -> {
                    chip.identify("WHO_AM_I", ID);
                    Calibration.of(chip);
                    return new Opened(chip, new LpsHtsOneShot(chip, (code << 3) | code, AVERAGE_BITS, CONVERSION));
                })
                .noSooner(CONVERSION);
    }

    /** A straight line through two points. */
    private record Line(double x0, double y0, double x1, double y1) {
        double at(double x) {
            return y0 + (x - x0) * (y1 - y0) / (x1 - x0);
        }

        boolean isFlat() {
            return x0 == x1 || y0 == y1;
        }
    }

    private record Calibration(Line percent, Line celsius) {
        /** Calibration registers, table 19: humidity in halves of a percent, temperature in eighths of a degree, of 10 bits. */
        static Calibration of(I2cChip chip) throws SensorException {
            var data = chip.alive(chip.readRegister(CALIBRATION | LpsHtsOneShot.SEVERAL, 16));
            var t0 = ((data[5] & 0x03) << 8) | (data[2] & 0xff);
            var t1 = ((data[5] & 0x0c) << 6) | (data[3] & 0xff);
            var percent = new Line(
                    LpsHtsOneShot.signed(data, 6),
                    (data[0] & 0xff) / 2.0,
                    LpsHtsOneShot.signed(data, 10),
                    (data[1] & 0xff) / 2.0);
            var celsius = new Line(LpsHtsOneShot.signed(data, 12), t0 / 8.0, LpsHtsOneShot.signed(data, 14), t1 / 8.0);
            if (percent.isFlat() || celsius.isFlat()) {
                throw chip.fault("its calibration is blank; a damaged chip, or look at the wires");
            }
            return new Calibration(percent, celsius);
        }
    }

    private record Opened(I2cChip chip, LpsHtsOneShot conversion) implements Sensor {
        /** The calibration is read again each time, so that an exchanged chip is measured with its own. */
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            var data = conversion.converted(DATA_BYTES);
            var calibration = Calibration.of(chip);
            var percent = calibration.percent.at(LpsHtsOneShot.signed(data, 0));
            var celsius = calibration.celsius.at(LpsHtsOneShot.signed(data, 2));
            // ranges: Sensor parameters
            return List.of(chip.measured(Quantity.TEMPERATURE, celsius, -40, 120), chip.humidity(percent));
        }
    }
}
