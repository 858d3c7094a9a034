package io.walnutedge.sensor.i2c;

import static io.walnutedge.sensor.i2c.ChipDescriptor.range;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.ChipDescriptor.Asking;
import java.util.List;
import java.util.Optional;

/**
 * Chips that people have and that no sensor's driver reads: what else may be at an address, and what asking would do to it.
 * Each id stands in its chip's datasheet under the register's name.
 */
final class OtherChips {
    private static final String OUTPUTS = "a byte written to a port expander sets its outputs";
    private static final int SWITCH_ASKED = 0xd0;

    static final List<ChipDescriptor> ALL = List.of(
            ChipDescriptor.of("ac200", 0x10).asking(Asking.NEVER, "the board's own Ethernet chip may be there"),
            ChipDescriptor.of("ds2482", "", range(0x18, 0x1f)), // 0x06 and 0x0f are none of its commands
            expander("mcp23017", 0x20),
            expander("mcp23008", 0x20),
            expander("pcf8574", 0x20),
            expander("pcf8575", 0x20),
            ChipDescriptor.of("bno055", 0x29),
            ChipDescriptor.of("axp pmic", 0x36).asking(Asking.NEVER, "the board's power supply chip may be there"),
            ChipDescriptor.of("ssd1306", 0x3c, 0x3d).takesCommands(),
            ChipDescriptor.of("sh1106", 0x3c, 0x3d).takesCommands(),
            expander("pcf8574a", 0x38),
            ChipDescriptor.of("veml6070", 0x38, 0x39).takesCommands(),
            ChipDescriptor.of("pca9685", "", range(0x40, 0x47)),
            ChipDescriptor.of("ina260", 0x40).id(0xff, 2, 0xfff0, 0x2270), // Die ID
            ChipDescriptor.of("pcf8591", "", range(0x48, 0x4f))
                    .asking(Asking.CONSENT, "a byte written to a pcf8591 switches its analog output on or off"),
            ChipDescriptor.of("ads7830", "", range(0x48, 0x4b)),
            ChipDescriptor.of("at24 eeprom", 0x52, 0x53), // takes the byte as its pointer
            ChipDescriptor.of("sgp41", 0x59).takesCommands(),
            ChipDescriptor.of("mpr121", "", range(0x5a, 0x5d)),
            ChipDescriptor.of("drv2605", 0x5a),
            ChipDescriptor.of("lps22hb", 0x5c, 0x5d).id(0x0f, 0xb1), // WHO_AM_I
            ChipDescriptor.of("mcp4725", "", range(0x60, 0x67))
                    .asking(Asking.NEVER, "a byte written to a mcp4725 may set its output"),
            ChipDescriptor.of("ds1307", 0x68),
            ChipDescriptor.of("pcf8523", 0x68),
            ChipDescriptor.of("amg8833", 0x68, 0x69),
            // takes the byte as its configuration, which its owner writes before each conversion
            ChipDescriptor.of("mcp3421", 0x68, 0x69),
            ChipDescriptor.of("mpu6500", 0x68, 0x69).id(0x75, 0x70), // WHO_AM_I
            ChipDescriptor.of("mpu9250", 0x68, 0x69).id(0x75, 0x71), // WHO_AM_I
            ChipDescriptor.of("icm20948", 0x68, 0x69).id(0x00, 0xea), // WHO_AM_I
            ChipDescriptor.of("bmi160", 0x68, 0x69).id(0x00, 0xd1), // CHIP_ID
            ChipDescriptor.of("tca9548a", "", range(0x70, 0x75))
                    .asking(Asking.NEVER, "a byte written to a tca9548a switches its channels"),
            ChipDescriptor.of("tca9548a", 0x76, 0x77)
                    .rank(ChipDescriptor.BEFORE_ALL)
                    .told(new Probe(List.of("tca9548a"), 1, List.of(), OtherChips::askSwitch)),
            ChipDescriptor.of("ht16k33", "", range(0x70, 0x77)));

    private OtherChips() {}

    /** Three address pins. */
    private static ChipDescriptor expander(String name, int first) {
        return ChipDescriptor.of(name, "", range(first, first + 7)).asking(Asking.NEVER, OUTPUTS);
    }

    /**
     * A tca9548a has one register, the mask of its channels, which every written byte replaces and every read gives
     * (SCPS207, 8.6). Its mask is read first and written back, so that its channels move only for that moment.
     */
    private static Optional<String> askSwitch(Registers registers) {
        var mask = 0;
        try {
            mask = registers.read(1)[0] & 0xff;
            if ((registers.readRegister(SWITCH_ASKED, 1)[0] & 0xff) != SWITCH_ASKED) {
                return Optional.empty();
            }
        } catch (SensorException refused) {
            return Optional.empty();
        }
        try {
            registers.write(mask);
            return Optional.of("it echoes what is written to it");
        } catch (SensorException failed) {
            return Optional.of(
                    "it echoes what is written to it; its channels could not be set back: " + failed.getMessage());
        }
    }
}
