package io.walnutedge.sensor.chip;

import io.walnutedge.sensor.chip.ChipPlace.Asking;
import io.walnutedge.sensor.chip.ChipPlace.Expected;
import io.walnutedge.sensor.chip.ChipPlace.Probe;
import java.util.ArrayList;
import java.util.List;

/**
 * The chips that people have, by address. Each id stands in its chip's datasheet under the register's name; the first place
 * that has an address counts.
 */
final class ChipPlaces {
    private static final String COMMANDS = "some chips of this address take any byte as a command";
    private static final String ANALOG_OUTPUT = "a byte written to a pcf8591 switches its analog output on or off";
    private static final String OUTPUTS = "a byte written to a port expander sets its outputs";

    static final List<ChipPlace> ALL = List.of(
            never(0x10, 0x10, "the board's own Ethernet chip may be there", "veml7700", "ac200"),
            never(0x12, 0x12, COMMANDS, "pmsa003i"),
            harmless(
                    0x18,
                    0x1f,
                    // ds2482: 0x06 and 0x0f are none of its commands
                    List.of("ds2482"),
                    one("mcp9808", 0x06, 2, 0xffff, 0x0054), // manufacturer ID; 0x07 is the device ID 0x04xx
                    one("lis3dh", 0x0f, 1, 0xff, 0x33)), // WHO_AM_I
            never(0x23, 0x23, COMMANDS + "; " + OUTPUTS, "bh1750", "mcp23017", "pcf8574"),
            never(0x20, 0x27, OUTPUTS, "mcp23017", "mcp23008", "pcf8574", "pcf8575"),
            harmless(
                    0x29,
                    0x29,
                    // vl53l1x has register numbers of 16 bits, of which the lower would be data to a vl53l0x
                    List.of("vl53l1x", "bno055"),
                    one("tsl2591", 0xb2, 1, 0xff, 0x50), // ID, with the command bits
                    one("tcs34725", 0x92, 1, 0xff, 0x44), // ID, with the command bit
                    one("tcs34727", 0x92, 1, 0xff, 0x4d),
                    one("tsl2561", 0x8a, 1, 0xf0, 0x50), // ID, part number
                    one("vl53l0x", 0xc0, 1, 0xff, 0xee)), // IDENTIFICATION_MODEL_ID
            never(0x36, 0x36, "the board's power supply chip may be there", "max17043", "axp pmic"),
            never(0x38, 0x39, COMMANDS + "; " + OUTPUTS, "aht20", "aht10", "pcf8574a", "tsl2561", "veml6070"),
            never(0x3c, 0x3d, COMMANDS + "; " + OUTPUTS, "ssd1306", "sh1106", "pcf8574a"),
            never(0x3a, 0x3f, OUTPUTS, "pcf8574a"),
            harmless(
                    0x40,
                    0x40,
                    // 0xff is no command of the htu21d family; 0xfe, also an id elsewhere, is its soft reset
                    List.of("htu21d", "sht21", "si7021", "ina219", "pca9685"),
                    one("hdc1080", 0xff, 2, 0xffff, 0x1050), // Device ID
                    ina226(),
                    ina3221(),
                    one("ina260", 0xff, 2, 0xfff0, 0x2270)), // Die ID
            never(0x44, 0x46, COMMANDS, "sht3x", "sht4x", "ina219", "ina226", "opt3001", "pca9685"),
            harmless(0x41, 0x47, List.of("ina219", "pca9685"), ina226(), ina3221()),
            new ChipPlace(
                    0x48,
                    0x4b,
                    Asking.CONSENT,
                    ANALOG_OUTPUT,
                    List.of("pcf8591", "ina219", "ads7830", "tsl2561"),
                    List.of(
                            one(
                                    "tmp117", 0x0f, 2, 0x0fff,
                                    0x0117), // Device_ID; above it the revision: a tmp119 is alike
                            one("tmp117", 0x0f, 2, 0x0fff, 0x0116), // Device_ID of a tmp116, which is read alike
                            tmp1075(),
                            // ID, manufacturer; nothing tells the two apart
                            new Probe(List.of("adt7420", "adt7410"), List.of(new Expected(0x0b, 1, 0xf8, 0xc8))),
                            // Lo_thresh and Hi_thresh after a reset; nothing tells the two apart
                            both(List.of("ads1115", "ads1015"), 0x8000, 0x7fff),
                            tmp102(),
                            lm75(),
                            thermometer(),
                            ina219(),
                            ina226())),
            new ChipPlace(
                    0x4c,
                    0x4f,
                    Asking.CONSENT,
                    ANALOG_OUTPUT,
                    List.of("pcf8591", "ina219"),
                    List.of(tmp1075(), lm75(), thermometer(), ina219(), ina226())),
            harmless(
                    0x52,
                    0x53,
                    // an eeprom takes the byte as its pointer
                    List.of("at24 eeprom", "adxl345"),
                    one("ens160", 0x00, 2, 0xffff, 0x6001)), // PART_ID, lower byte first
            never(0x58, 0x59, COMMANDS, "sgp30", "sgp40", "sgp41"),
            harmless(
                    0x5a,
                    0x5b,
                    // 0x20 is the mlx90614's command to read its eeprom's first word
                    List.of("mlx90614", "mpr121", "drv2605"),
                    one("ccs811", 0x20, 1, 0xff, 0x81)), // HW_ID
            never(0x5c, 0x5c, COMMANDS, "bh1750", "am2320", "lps25h", "mpr121"),
            harmless(
                    0x5d,
                    0x5d,
                    List.of("mpr121"),
                    one("lps25h", 0x0f, 1, 0xff, 0xbd), // WHO_AM_I
                    one("lps22hb", 0x0f, 1, 0xff, 0xb1)),
            harmless(0x5f, 0x5f, List.of(), one("hts221", 0x0f, 1, 0xff, 0xbc)), // WHO_AM_I
            never(
                    0x60,
                    0x67,
                    COMMANDS + "; a byte written to a mcp4725 may set its output",
                    "scd4x",
                    "scd30",
                    "mcp4725"),
            harmless(
                    0x68,
                    0x69,
                    // a mcp3421 takes the byte as its configuration, which its owner writes before each conversion
                    List.of("ds3231", "ds1307", "pcf8523", "amg8833", "mcp3421", "sps30"),
                    one("mpu6050", 0x75, 1, 0xff, 0x68), // WHO_AM_I
                    one("mpu6500", 0x75, 1, 0xff, 0x70),
                    one("mpu9250", 0x75, 1, 0xff, 0x71),
                    one("icm20948", 0x00, 1, 0xff, 0xea), // WHO_AM_I
                    one("bmi160", 0x00, 1, 0xff, 0xd1)), // CHIP_ID
            never(0x70, 0x75, "a byte written to a tca9548a switches its channels", "tca9548a", "shtc3", "ht16k33"),
            harmless(
                    0x76,
                    0x77,
                    // 0xd0, 0x0d and 0x00 neither start nor reset anything in a ms5611; a tca9548a is set back
                    List.of("ms5611", "ht16k33"),
                    one("bme280", 0xd0, 1, 0xff, 0x60), // id
                    one("bmp280", 0xd0, 1, 0xff, 0x58), // id
                    one("bme680", 0xd0, 1, 0xff, 0x61), // id, also the bme688's
                    one("bmp180", 0xd0, 1, 0xff, 0x55), // id
                    one("dps310", 0x0d, 1, 0xff, 0x10), // Product and Revision ID
                    one("bmp388", 0x00, 1, 0xff, 0x50), // CHIP_ID
                    one("bmp390", 0x00, 1, 0xff, 0x60))); // CHIP_ID

    private ChipPlaces() {}

    private static ChipPlace harmless(int first, int last, List<String> silent, Probe... probes) {
        return new ChipPlace(first, last, Asking.HARMLESS, "", silent, List.of(probes));
    }

    private static ChipPlace never(int first, int last, String harm, String... chips) {
        return new ChipPlace(first, last, Asking.NEVER, harm, List.of(chips), List.of());
    }

    private static Probe one(String chip, int register, int count, int mask, int value) {
        return Probe.of(chip, register, count, mask, value);
    }

    /** Two words in the registers 2 and 3: the limits of converters and thermometers. */
    private static Probe both(List<String> chips, int low, int high) {
        return new Probe(chips, List.of(new Expected(2, 2, 0xffff, low), new Expected(3, 2, 0xffff, high)));
    }

    /** T_HYST 75 °C and T_OS 80 °C after a reset, in all of the family. */
    private static Probe thermometer() {
        return both(List.of("lm75", "tmp102", "pct2075"), 0x4b00, 0x5000);
    }

    /** Those, and the configuration after a reset: of one byte, all zero, with lm75, pct2075, tmp75. */
    private static Probe lm75() {
        return thermometer("lm75", new Expected(1, 1, 0xff, 0x00));
    }

    /** Of two bytes with a tmp102 (SBOS397, table 6-8), the resolution's bits being read-only. */
    private static Probe tmp102() {
        return thermometer("tmp102", new Expected(1, 2, 0xffff, 0x60a0));
    }

    private static Probe thermometer(String chip, Expected configuration) {
        var all = new ArrayList<>(thermometer().all());
        all.add(configuration);
        return new Probe(List.of(chip), all);
    }

    /** Its device ID (SBOS854); it is read as a lm75. */
    private static Probe tmp1075() {
        return one("lm75", 0x0f, 2, 0xffff, 0x7500);
    }

    /** It has no id: the configuration after a reset (SBOS448, 8.6.2.1), and no calibration. */
    private static Probe ina219() {
        return new Probe(List.of("ina219"), List.of(new Expected(0, 2, 0xffff, 0x399f), new Expected(5, 2, 0xffff, 0)));
    }

    private static Probe ina226() {
        return one("ina226", 0xff, 2, 0xfff0, 0x2260); // Die ID
    }

    private static Probe ina3221() {
        return one("ina3221", 0xff, 2, 0xffff, 0x3220); // Die ID
    }
}
