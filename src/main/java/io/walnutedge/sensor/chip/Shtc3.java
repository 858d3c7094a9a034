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
 * Sensirion SHTC3: temperature and humidity; it sleeps between readings (datasheet SHTC3, version 3). Stateless; any
 * thread.
 */
@AutoService(SensorDriver.class)
public final class Shtc3 implements I2cDriver {
    private static final Range CELSIUS = Range.celsius(-40, 125);
    private static final int WAKEUP = 0x3517; // "Sleep and wakeup commands"
    private static final int SLEEP = 0xb098; // "Sleep and wakeup commands"
    private static final Duration WAKEUP_TIME = Duration.ofNanos(240_000); // "Timings", power-up, also after sleep
    private static final int READ_ID = 0xefc8; // "Read-out of ID register"
    private static final int ID_MASK = 0x083f; // "Read-out of ID register": these bits are the product's
    private static final int ID = 0x0807;

    /** "Measurement commands", temperature first, without clock stretching; the longest times of "Timings". */
    enum Power {
        LOW(0x609c, 800),
        NORMAL(0x7866, 12_100);

        private final int command;
        private final int longestMicros;

        Power(int command, int longestMicros) {
            this.command = command;
            this.longestMicros = longestMicros;
        }
    }

    @Override
    public ChipDescriptor chip() {
        // "I2C address"
        return ChipDescriptor.of("shtc3", "Sensirion SHTC3", 0x70)
                .takesCommands()
                .keys("`power` low **normal** (low is quicker and noisier)")
                .kernel("shtc3", CELSIUS);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var power = settings.choice("power", Power.NORMAL);
        return plan(settings, "SHTC3", List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY), chip -> {
            wakeUp(chip);
            command(chip, READ_ID);
            var id = chip.words(1, Crc8.SENSIRION)[0];
            if ((id & ID_MASK) != ID) {
                throw chip.fault("is no SHTC3: its id is " + I2cChip.hex(id, 4));
            }
            command(chip, SLEEP);
            return new Opened(chip, power);
        });
    }

    private static void wakeUp(I2cChip chip) throws SensorException, InterruptedException {
        command(chip, WAKEUP);
        chip.pause(WAKEUP_TIME);
    }

    private static void command(I2cChip chip, int command) throws SensorException {
        chip.write(command >> 8, command & 0xff);
    }

    private record Opened(I2cChip chip, Power power) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            wakeUp(chip);
            command(chip, power.command);
            chip.pause(Duration.ofNanos(power.longestMicros * 1_000L));
            var words = chip.words(2, Crc8.SENSIRION);
            command(chip, SLEEP);
            // "Conversion of sensor output"; the ranges of "Humidity and temperature sensor performance"
            var celsius = -45 + 175 * (words[0] / 65_536.0);
            var percent = 100 * (words[1] / 65_536.0);
            return List.of(chip.measured(CELSIUS, celsius), chip.humidity(percent));
        }
    }
}
