package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Crc8;
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
 * HTU21D, SHT21, Si7021: temperature and humidity, one measurement each, without holding the bus (datasheets HPC199 of
 * the HTU21D, SHT21 version 4, Si7021-A20). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Htu21d implements I2cDriver {
    private static final Range CELSIUS = Range.celsius(-40, 125);
    // SHT21 5.3, table 6; Si7021 table 11
    private static final int MEASURE_TEMPERATURE = 0xf3;
    private static final int MEASURE_HUMIDITY = 0xf5;
    private static final int WRITE_USER = 0xe6;
    private static final int READ_USER = 0xe7;
    private static final int SOFT_RESET = 0xfe;
    private static final Duration RESET_TIME = Duration.ofMillis(15); // SHT21 5.5; the longest of the three
    private static final int HEATER = 0x04; // SHT21 5.6, table 8, bit 2
    private static final int RESOLUTION = 0x81; // SHT21 5.6, table 8, bits 7 and 0
    private static final int IS_HUMIDITY = 0x02; // SHT21 5.4, bit 1 of the last byte; Si7021 5.1.1 and 5.1.2
    private static final Crc8 CRC = new Crc8(0x31, 0); // HTU21D, "CRC-8 checksum": DC has 0x79

    /** Bits of humidity, and of temperature with them: SHT21 5.6, table 8. Accepted values, the lowest first. */
    private static final List<Integer> BITS = List.of(8, 10, 11, 12);

    /** Of the user register, by index of {@link #BITS}. */
    private static final List<Integer> CODES = List.of(0x01, 0x80, 0x81, 0x00);

    /** The longest times in ms of the three datasheets, by index: of 12, 13, 11 and 14 bits (SHT21 5.4, table 7). */
    private static final List<Integer> TEMPERATURE_MILLIS = List.of(22, 43, 11, 85);

    /** As above; the Si7021 measures the temperature with it (Si7021, table 2), and is the slowest at 8 and 10 bits. */
    private static final List<Integer> HUMIDITY_MILLIS = List.of(7, 11, 15, 29);

    @Override
    public ChipDescriptor chip() {
        // SHT21 5.3; 0xff, which others here are asked for, is no command; 0xfe, also an id elsewhere, is its soft
        // reset
        return ChipDescriptor.of("htu21d", "HTU21D, SHT21, Si7021", 0x40)
                .alike("sht21", "si7021")
                .rank(ChipDescriptor.EARLY)
                .keys("`resolution` 8 10 11 **12** (bits of humidity; 12 13 11 14 of temperature); `heater` true"
                        + " **false**")
                .kernel("htu21", CELSIUS);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var index = BITS.indexOf(I2cChip.oneOf(settings, "resolution", 12, BITS));
        var written = CODES.get(index) | (settings.flag("heater", false) ? HEATER : 0);
        return plan(settings, "HTU21D", List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY), chip -> {
                    chip.write(SOFT_RESET);
                    chip.pause(RESET_TIME);
                    // SHT21 5.6: the other bits stay as they are
                    chip.write(WRITE_USER, (user(chip) & ~(RESOLUTION | HEATER)) | written);
                    var opened = new Opened(chip, index, written);
                    opened.checkUser();
                    return opened;
                })
                .noSooner(Duration.ofMillis(TEMPERATURE_MILLIS.get(index) + HUMIDITY_MILLIS.get(index)));
    }

    /** At least its bit 1 is always set after a reset (SHT21 5.6, table 8). */
    private static int user(I2cChip chip) throws SensorException {
        return chip.alive(chip.readRegister(READ_USER, 1))[0] & 0xff;
    }

    private record Opened(I2cChip chip, int index, int written) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            checkUser();
            var temperature = convert(MEASURE_TEMPERATURE, TEMPERATURE_MILLIS.get(index), 0);
            var humidity = convert(MEASURE_HUMIDITY, HUMIDITY_MILLIS.get(index), IS_HUMIDITY);
            // SHT21 6.1 and 6.2; Si7021 5.1.1: beyond 0 and 100 % these are to be taken; the range of all three
            var celsius = -46.85 + 175.72 * temperature / 65_536;
            var percent = -6 + 125.0 * humidity / 65_536;
            return List.of(chip.measured(CELSIUS, celsius), chip.humidity(percent));
        }

        private int convert(int command, int longestMillis, int kind) throws SensorException, InterruptedException {
            chip.write(command);
            chip.pause(Duration.ofMillis(longestMillis));
            var word = chip.words(1, CRC)[0];
            if ((word & IS_HUMIDITY) != kind) {
                throw chip.fault("answered " + I2cChip.hex(word, 4) + ", which is of the other quantity");
            }
            return word & ~0x03; // SHT21 chapter 6: without the status bits
        }

        private void checkUser() throws SensorException {
            chip.same("user register", written, user(chip) & (RESOLUTION | HEATER));
        }
    }
}
