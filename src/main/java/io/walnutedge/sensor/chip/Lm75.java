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
import io.walnutedge.sensor.i2c.Probe;
import io.walnutedge.sensor.i2c.Range;
import java.time.Duration;
import java.util.List;

/**
 * The LM75 family: temperature, the last of the conversions that these chips make by themselves. Sections are those of NXP's
 * LM75B (rev. 6.1) and Texas Instruments' TMP75 (SBOS288). Stateless; any thread.
 *
 * <p>A chip that lost power shows 0 °C until its first conversion. No chip of the family has an id, so the alarm output's
 * fault queue is the mark of a prepared chip; it is read after each temperature.
 */
@AutoService(SensorDriver.class)
public final class Lm75 implements I2cDriver {
    private static final Range CELSIUS = Range.celsius(-55, 125); // LM75B 1, TMP75 6.5
    private static final int TEMPERATURE = 0; // LM75B 7.4.3
    private static final int CONFIGURATION = 1; // LM75B 7.4.2, one byte

    /** LM75B 7.4.2, OS_F_QUE: alarm after six conversions; 0 after power-up. */
    private static final int MARK = 0x18;

    private static final int TWELVE_BITS = 0x60; // TMP75 7.5.1.4.5, R1 and R0; reserved as zero in the others
    private static final int READ_BACK = 0x7f; // TMP75 7.5.1.4.6: bit 7 starts single shots
    private static final Duration CONVERSION = Duration.ofMillis(100); // LM75B table 9: typical
    private static final Duration FIRST_CONVERSION =
            Duration.ofMillis(300); // TMP75 6.5: at 12 bits, the longest of all

    /** T_HYST 75 °C and T_OS 80 °C after a reset, in all of the family. */
    private static final Probe.Expected HYSTERESIS = new Probe.Expected(2, 2, 0xffff, 0x4b00);

    private static final Probe.Expected LIMIT = new Probe.Expected(3, 2, 0xffff, 0x5000);

    @Override
    public ChipDescriptor chip() {
        // LM75B 7.3, table 5; the device ID of a TMP1075 (SBOS854), which is read alike; and the state after a reset
        return ChipDescriptor.of(
                        "lm75",
                        "NXP LM75A, LM75B, PCT2075; Texas Instruments LM75, TMP75, TMP175, TMP275; alike",
                        ChipDescriptor.range(0x48, 0x4f))
                .id(0x0f, 2, 0xffff, 0x7500)
                .told(
                        Probe.of(List.of("lm75"), HYSTERESIS, LIMIT, new Probe.Expected(1, 1, 0xff, 0x00)),
                        Probe.of(List.of("lm75", "tmp102", "pct2075"), HYSTERESIS, LIMIT))
                .rank(ChipDescriptor.EARLY)
                .keys("`resolution` **9** (all of them), 11 (NXP's), 12 (TMP75, TMP175, TMP275)")
                .kernel("lm75", CELSIUS);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var bits = I2cChip.oneOf(settings, "resolution", 9, List.of(9, 11, 12));
        return plan(settings, "LM75", List.of(Quantity.TEMPERATURE), chip -> {
                    var sensor = new Opened(chip, bits);
                    chip.write(CONFIGURATION, sensor.configuration());
                    sensor.check();
                    chip.pause(FIRST_CONVERSION);
                    return sensor;
                })
                .noSooner(CONVERSION);
    }

    private record Opened(I2cChip chip, int bits) implements Sensor {
        int configuration() {
            return bits == 12 ? MARK | TWELVE_BITS : MARK;
        }

        void check() throws SensorException {
            chip.same("configuration", configuration(), chip.readRegister(CONFIGURATION, 1)[0] & READ_BACK);
        }

        @Override
        public List<Measurement> read() throws SensorException {
            var word = (short) chip.word(TEMPERATURE);
            check();
            // the bits below the resolution are undefined in some of the family; 1/256 degree for each step of the word
            var celsius = (word & -(1 << (16 - bits))) / 256.0;
            return List.of(chip.measured(CELSIUS, celsius));
        }
    }
}
