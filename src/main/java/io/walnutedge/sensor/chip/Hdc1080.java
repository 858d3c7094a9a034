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
 * Texas Instruments HDC1080: temperature and humidity, both in one acquisition of 14 bits (datasheet SNAS672A). Stateless;
 * any thread.
 */
@AutoService(SensorDriver.class)
public final class Hdc1080 implements I2cDriver {
    private static final Range CELSIUS = Range.celsius(-40, 125);
    private static final int TEMPERATURE = 0x00; // table 2; to point at it starts an acquisition of both (8.5.1)
    private static final int CONFIGURATION = 0x02; // table 2
    private static final int MANUFACTURER = 0xfe; // table 2
    private static final int DEVICE = 0xff; // table 2
    private static final int TEXAS_INSTRUMENTS = 0x5449; // 8.6.5
    private static final int HDC1080 = 0x1050; // 8.6.6
    private static final int RESET = 0x8000; // 8.6.3, RST
    private static final int HEATER = 0x2000; // 8.6.3, HEAT: only while it measures
    private static final int BOTH = 0x1000; // 8.6.3, MODE; TRES and HRES 0 are 14 bits
    private static final int BATTERY_LOW = 0x0800; // 8.6.3, BTST: below 2.8 V; for reading only
    private static final Duration START_UP = Duration.ofMillis(15); // 6.5, sleep mode after power-up

    /** 6.5, 6.35 and 6.5 ms; typical, so that a half is added. */
    private static final Duration ACQUISITION = Duration.ofMillis(20);

    @Override
    public ChipDescriptor chip() {
        // 8.5.1; Device ID
        return ChipDescriptor.of("hdc1080", "Texas Instruments HDC1080", 0x40)
                .id(0xff, 2, 0xffff, 0x1050)
                .keys("`heater` true **false** (against condensation; on while it measures, which warms it)")
                .kernel("hdc1080", CELSIUS);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var configuration = BOTH | (settings.flag("heater", false) ? HEATER : 0);
        return plan(settings, "HDC1080", List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY), chip -> {
            chip.same("manufacturer's id", TEXAS_INSTRUMENTS, chip.word(MANUFACTURER));
            chip.same("device id", HDC1080, chip.word(DEVICE));
            chip.writeWord(CONFIGURATION, RESET);
            chip.pause(START_UP);
            return new Opened(chip, configuration);
        });
    }

    private record Opened(I2cChip chip, int configuration) implements Sensor {
        /** Until the acquisition is over the chip does not acknowledge (8.5.1.2). */
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            chip.writeWord(CONFIGURATION, configuration);
            chip.write(TEMPERATURE);
            chip.pause(ACQUISITION);
            var words = chip.alive(chip.read(4));
            chip.same("configuration", configuration, chip.word(CONFIGURATION) & ~BATTERY_LOW);
            // 8.6.1, 8.6.2: of 65,536; the ranges are those of 1
            var celsius = I2cChip.unsigned16(words, 0) * 165 / 65_536.0 - 40;
            var percent = I2cChip.unsigned16(words, 2) * 100 / 65_536.0;
            return List.of(chip.measured(CELSIUS, celsius), chip.humidity(percent));
        }
    }
}
