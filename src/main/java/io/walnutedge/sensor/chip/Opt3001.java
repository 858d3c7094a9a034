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
 * Texas Instruments OPT3001: illuminance, one single shot for each reading with the range that the chip takes (datasheet
 * SBOS681). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Opt3001 implements I2cDriver {
    private static final int RESULT = 0; // 7.6, register map
    private static final int CONFIGURATION = 1;
    private static final int MANUFACTURER_ID = 0x7e;
    private static final int DEVICE_ID = 0x7f;
    private static final int MANUFACTURER = 0x5449; // "TI"
    private static final int DEVICE = 0x3001;
    private static final int AUTOMATIC = 0xc000; // configuration register, RN: the range
    private static final int LONG = 0x0800; // CT: 800 ms, otherwise 100 ms
    private static final int SINGLE_SHOT = 0x0200; // M; back at 0 after the conversion
    private static final int OVERFLOW = 0x0100; // OVF: more light than the range has
    private static final int READY = 0x0080; // CRF; reading the register clears it
    private static final int WRITABLE = 0xf81f; // RN, CT, L, POL, ME, FC; M changes by itself, the rest are flags
    private static final int LONG_MILLIS = 883; // 6.5: 880 ms at most, and 3 ms for the result
    private static final int SHORT_MILLIS = 113; // 6.5: 110 ms at most, and 3 ms for the result
    private static final int MAX_EXPONENT = 11; // result register: 83865.6 lx of full scale
    private static final double STEP = 0.01; // result register: lux of the lowest bit at exponent 0

    @Override
    public ChipDescriptor chip() {
        // 7.5.1, table 1
        return ChipDescriptor.of("opt3001", "Texas Instruments OPT3001", 0x44, 0x45, 0x46, 0x47)
                .keys("`conversion-time` 100 **800** (ms)")
                .kernel("opt3001");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var isLong = I2cChip.oneOf(settings, "conversion-time", 800, List.of(100, 800)) == 800;
        return plan(settings, "OPT3001", List.of(Quantity.ILLUMINANCE), chip -> {
                    var manufacturer = chip.word(MANUFACTURER_ID);
                    var id = chip.word(DEVICE_ID);
                    if (manufacturer != MANUFACTURER || id != DEVICE) {
                        throw chip.fault("its ids are " + I2cChip.hex(manufacturer, 4) + " and " + I2cChip.hex(id, 4)
                                + ", not 0x5449 and 0x3001; it is no OPT3001");
                    }
                    return new Opened(chip, isLong);
                })
                .noSooner(Duration.ofMillis(isLong ? LONG_MILLIS : SHORT_MILLIS));
    }

    private record Opened(I2cChip chip, boolean isLong) implements Sensor {
        private int configuration() {
            // without L, which is 1 after power-up, so that a chip that was reset is found out
            return AUTOMATIC | (isLong ? LONG : 0);
        }

        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            chip.writeWord(CONFIGURATION, configuration() | SINGLE_SHOT);
            chip.await(Duration.ofMillis(isLong ? LONG_MILLIS : SHORT_MILLIS), this::isOver);
            var word = chip.word(RESULT);
            var exponent = word >> 12;
            if (exponent > MAX_EXPONENT) {
                throw chip.fault("its result " + I2cChip.hex(word, 4) + " is of no range");
            }
            return List.of(Measurement.of(Quantity.ILLUMINANCE, ((word & 0xfff) << exponent) * STEP));
        }

        private boolean isOver() throws SensorException {
            var found = chip.word(CONFIGURATION);
            chip.same("configuration", configuration(), found & WRITABLE);
            var isReady = (found & READY) != 0;
            if (isReady && (found & OVERFLOW) != 0) {
                throw chip.none("saturated; there is more light than 83865.6 lx");
            }
            return isReady;
        }
    }
}
