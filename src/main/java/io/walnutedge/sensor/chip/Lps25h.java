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

/** ST LPS25H and LPS25HB: temperature and pressure, single conversions (datasheet DocID023722). Stateless; any thread. */
@AutoService(SensorDriver.class)
public final class Lps25h implements I2cDriver {
    private static final Expected ID = Expected.of(0x0f, 0xbd); // Register description, WHO_AM_I
    private static final int AVERAGE_BITS = 0x0f; // Register description, RES_CONF: AVGT and AVGP
    private static final List<Integer> PRESSURE_AVERAGES = List.of(8, 32, 128, 512); // Register description, AVGP
    private static final List<Integer> TEMPERATURE_AVERAGES = List.of(8, 16, 32, 64); // Register description, AVGT
    private static final int DATA_BYTES = 5; // Register description: PRESS_OUT_XL to TEMP_OUT_H

    @Override
    public ChipDescriptor chip() {
        // I2C operation: SA0 low, high; WHO_AM_I
        return ChipDescriptor.of("lps25h", "ST LPS25H, LPS25HB", 0x5c, 0x5d)
                .id(ID)
                .keys("`averages` 8 32 **128** 512, of pressure");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var code = PRESSURE_AVERAGES.indexOf(I2cChip.oneOf(settings, "averages", 128, PRESSURE_AVERAGES));
        // AN4450, 6.2: 62 us for each sample and 975 us, typical; the deadline is twice that
        var micros = 975 + 62L * (PRESSURE_AVERAGES.get(code) + TEMPERATURE_AVERAGES.get(code));
        return plan(settings, "LPS25H", List.of(Quantity.TEMPERATURE, Quantity.PRESSURE), chip -> {
            chip.identify("WHO_AM_I", ID);
            return new Opened(
                    chip, new LpsHtsOneShot(chip, (code << 2) | code, AVERAGE_BITS, Duration.ofNanos(micros * 1_000)));
        });
    }

    private record Opened(I2cChip chip, LpsHtsOneShot conversion) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            var data = conversion.converted(DATA_BYTES);
            var pressure = (data[0] & 0xff) | ((data[1] & 0xff) << 8) | (data[2] << 16);
            // 4096 for 1 hPa, 480 for 1 °C; ranges: Mechanical and electrical specifications
            var celsius = 42.5 + LpsHtsOneShot.signed(data, 3) / 480.0;
            return List.of(
                    chip.measured(Quantity.TEMPERATURE, celsius, -30, 105),
                    chip.measured(Quantity.PRESSURE, pressure / 4_096.0, 260, 1260));
        }
    }
}
