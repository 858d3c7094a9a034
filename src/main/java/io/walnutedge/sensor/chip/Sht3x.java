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
import io.walnutedge.sensor.i2c.Registers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sensirion SHT30, SHT31, SHT35: temperature and humidity, single shot without clock stretching (datasheet SHT3x-DIS,
 * version 5). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Sht3x implements I2cDriver {
    private static final Range CELSIUS = Range.celsius(-40, 125);
    private static final int BREAK = 0x3093; // 4.8: ends periodic measurement, which refuses single shots
    private static final int SOFT_RESET = 0x30a2; // 4.9: also switches the heater off
    private static final int SWITCH_HEATER_ON = 0x306d; // 4.10
    static final int READ_STATUS = 0xf32d; // 4.11
    private static final int HEATER_ON = 0x2000; // 4.11, table 18, bit 13
    private static final int COMMAND_FAILED = 0x0002; // 4.11, table 18, bit 1
    private static final Duration BETWEEN_COMMANDS = Duration.ofMillis(1); // 4.3: minimal waiting time
    private static final Duration RESET_TIME = Duration.ofMillis(2); // 2.2, table 4: 1.5 ms at most

    /** Commands of table 9 and the longest times of table 4 at a low supply, in microseconds. */
    enum Repeatability {
        LOW(0x2416, 4_500),
        MEDIUM(0x240b, 6_500),
        HIGH(0x2400, 15_500);

        private final int command;
        private final int longestMicros;

        Repeatability(int command, int longestMicros) {
            this.command = command;
            this.longestMicros = longestMicros;
        }
    }

    @Override
    public ChipDescriptor chip() {
        // 3.4, table 7
        return ChipDescriptor.of("sht3x", "Sensirion SHT30, SHT31, SHT35", 0x44, 0x45)
                .takesCommands()
                .rank(ChipDescriptor.FIRST)
                .whileSilent(Sht3x::askStatus)
                .keys("`repeatability` low medium **high**; `heater` true **false** (against condensation; it warms"
                        + " the chip)")
                .kernel("sht3x", CELSIUS);
    }

    /**
     * It refuses reads while it has no result; its status may be asked at any time (4.11), and the other chips of these
     * addresses acknowledge reads, or do not know the command.
     */
    private static Optional<String> askStatus(Registers registers) {
        try {
            registers.write(READ_STATUS >> 8, READ_STATUS & 0xff);
            var answer = registers.read(3);
            return Crc8.SENSIRION.of(answer, 0, 2) == (answer[2] & 0xff)
                    ? Optional.of("its status has a good checksum")
                    : Optional.empty();
        } catch (SensorException absent) {
            return Optional.empty();
        }
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var repeatability = settings.choice("repeatability", Repeatability.HIGH);
        var isHeated = settings.flag("heater", false);
        return plan(settings, "SHT3x", List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY), chip -> {
            prepare(chip);
            if (isHeated) {
                command(chip, SWITCH_HEATER_ON);
                chip.pause(BETWEEN_COMMANDS);
            }
            return new Opened(chip, repeatability, isHeated);
        });
    }

    private static void prepare(I2cChip chip) throws SensorException, InterruptedException {
        command(chip, BREAK);
        chip.pause(BETWEEN_COMMANDS);
        command(chip, SOFT_RESET);
        chip.pause(RESET_TIME);
        var status = status(chip);
        if ((status & (HEATER_ON | COMMAND_FAILED)) != 0) {
            throw chip.fault("did not reset: its status is " + I2cChip.hex(status, 4));
        }
    }

    private static int status(I2cChip chip) throws SensorException {
        command(chip, READ_STATUS);
        return chip.words(1, Crc8.SENSIRION)[0];
    }

    private static void command(I2cChip chip, int command) throws SensorException {
        chip.write(command >> 8, command & 0xff);
    }

    private record Opened(I2cChip chip, Repeatability repeatability, boolean isHeated) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            if (isHeated) {
                chip.same("heater", HEATER_ON, status(chip) & HEATER_ON);
            }
            command(chip, repeatability.command);
            chip.pause(Duration.ofNanos(repeatability.longestMicros * 1_000L));
            var words = chip.words(2, Crc8.SENSIRION);
            // 4.13; the ranges of 1.1 and 1.2
            var celsius = -45 + 175 * (words[0] / 65_535.0);
            var percent = 100 * (words[1] / 65_535.0);
            return List.of(chip.measured(CELSIUS, celsius), chip.humidity(percent));
        }
    }
}
