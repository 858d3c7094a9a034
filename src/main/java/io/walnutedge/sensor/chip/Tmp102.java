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
 * Texas Instruments TMP102: temperature, one single shot for each reading (datasheet SBOS397). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Tmp102 implements I2cDriver {
    private static final Range CELSIUS = Range.celsius(-55, 128);

    /** The kernel's driver switches it on (drivers/hwmon/tmp102.c, TMP102_CONFIG_SET). */
    private static final Range EXTENDED_CELSIUS = Range.celsius(-55, 150);

    private static final int TEMPERATURE = 0; // 7.5.1, table 6
    private static final int CONFIGURATION = 1; // 7.5.1, table 6
    private static final int START = 0x8000; // 7.5.3.6, OS: written starts; read, no conversion is running
    private static final int ALERT = 0x0020; // 7.5.3.9, AL: shows the alert output
    private static final int FIXED = 0x6000; // 7.5.3.7, R1 and R0: always 12 bits
    private static final int SHUTDOWN = 0x0100; // 7.5.3.1, SD; 0 after power-up
    private static final int RATE = 0x0080; // 7.5.3.10, CR: as after power-up; without effect in shutdown
    private static final int EXTENDED = 0x0010; // 7.5.3.8, EM
    private static final int EXTENDED_DATA = 0x0001; // 7.5.2, table 9: the temperature has 13 bits
    private static final int SATURATED = 0x7ff0; // 7.5.2, table 8: 128 °C or more, of 12 bits
    private static final Duration CONVERSION = Duration.ofMillis(35); // 6.5: at most

    @Override
    public ChipDescriptor chip() {
        // 7.5.1, table 4. After a reset it has T_LOW and T_HIGH of its family, and a configuration of two bytes (table
        // 6-8), the resolution's bits being read-only
        return ChipDescriptor.of("tmp102", "Texas Instruments TMP102", 0x48, 0x49, 0x4a, 0x4b)
                .told(Probe.of(
                        List.of("tmp102"),
                        new Probe.Expected(2, 2, 0xffff, 0x4b00),
                        new Probe.Expected(3, 2, 0xffff, 0x5000),
                        new Probe.Expected(1, 2, 0xffff, 0x60a0)))
                .rank(ChipDescriptor.EARLY)
                .keys("`extended` (13 bits, to 150 °C) true **false**")
                .kernel("tmp102", EXTENDED_CELSIUS);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var isExtended = settings.flag("extended", false);
        return plan(settings, "TMP102", List.of(Quantity.TEMPERATURE), chip -> {
                    chip.alive(chip.readRegister(CONFIGURATION, 2));
                    return new Opened(chip, isExtended);
                })
                .noSooner(CONVERSION);
    }

    private record Opened(I2cChip chip, boolean isExtended) implements Sensor {
        private int configuration() {
            return FIXED | SHUTDOWN | RATE | (isExtended ? EXTENDED : 0);
        }

        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            chip.writeWord(CONFIGURATION, START | configuration());
            chip.await(CONVERSION, this::isOver);
            var word = (short) chip.word(TEMPERATURE);
            var isThirteen = (word & EXTENDED_DATA) != 0;
            if (isThirteen != isExtended) {
                throw chip.fault("its temperature " + I2cChip.hex(word & 0xffff, 4) + " is of the wrong format");
            }
            if (!isExtended && word == SATURATED) {
                throw chip.fault("saturated at 127.9375 °C; write extended = true");
            }
            // 7.5.2: 1/16 degree; the ends are those of tables 8 and 9
            var celsius = isExtended ? (word >> 3) / 16.0 : (word >> 4) / 16.0;
            return List.of(chip.measured(isExtended ? EXTENDED_CELSIUS : CELSIUS, celsius));
        }

        private boolean isOver() throws SensorException {
            var found = I2cChip.unsigned16(chip.alive(chip.readRegister(CONFIGURATION, 2)), 0);
            chip.same("configuration", configuration(), found & ~(START | ALERT));
            return (found & START) != 0;
        }
    }
}
