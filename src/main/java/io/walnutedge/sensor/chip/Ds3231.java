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
 * Maxim DS3231 clock: its temperature, converted for each reading (datasheet 19-5170, rev. 10). Alarms and time are left as
 * they are. Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Ds3231 implements I2cDriver {
    private static final int CONTROL = 0x0e; // figure 1; the status follows
    private static final int TEMPERATURE = 0x11; // figure 1
    private static final int CONVERT = 0x20; // control register, CONV: set until the conversion is over
    private static final int BUSY = 0x04; // status register, BSY: the chip's own conversion is under way
    private static final int ALWAYS_ZERO = 0x70; // figure 1, status: bits 6 to 4
    private static final int BELOW_QUARTERS = 0x3f; // figure 1, 0x12: bits 5 to 0 are zero
    private static final Duration CONVERSION = Duration.ofMillis(125); // electrical characteristics; 200 ms at most

    @Override
    public ChipDescriptor chip() {
        // "I2C Serial Data Bus"
        return ChipDescriptor.of("ds3231", "Maxim DS3231 (clock)", 0x68);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        return plan(settings, "DS3231", List.of(Quantity.TEMPERATURE), chip -> {
                    var sensor = new Opened(chip);
                    sensor.control();
                    return sensor;
                })
                .noSooner(CONVERSION);
    }

    private record Opened(I2cChip chip) implements Sensor {
        /** Control and status. */
        byte[] control() throws SensorException {
            var answer = chip.alive(chip.readRegister(CONTROL, 2));
            if ((answer[1] & ALWAYS_ZERO) != 0) {
                throw chip.fault("the chip is another one: its status is " + I2cChip.hex(answer[1] & 0xff, 2));
            }
            return answer;
        }

        /** It is not to be asked to convert while it does ("Control Register", CONV). */
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            var before = control();
            if ((before[0] & CONVERT) == 0 && (before[1] & BUSY) == 0) {
                chip.write(CONTROL, (before[0] & 0xff) | CONVERT);
            }
            chip.await(CONVERSION, this::isOver);
            var bytes = chip.readRegister(TEMPERATURE, 2);
            if ((bytes[1] & BELOW_QUARTERS) != 0) {
                throw chip.fault("the chip is another one: its register 0x12 is " + I2cChip.hex(bytes[1] & 0xff, 2));
            }
            // "Temperature Registers": a signed byte and quarters; the range is that of the industrial version
            var celsius = bytes[0] + ((bytes[1] & 0xff) >> 6) / 4.0;
            return List.of(chip.measured(Quantity.TEMPERATURE, celsius, -40, 85));
        }

        private boolean isOver() throws SensorException {
            var found = control();
            return (found[0] & CONVERT) == 0 && (found[1] & BUSY) == 0;
        }
    }
}
