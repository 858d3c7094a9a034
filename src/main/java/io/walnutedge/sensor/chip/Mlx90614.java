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
import java.util.List;

/**
 * Melexis MLX90614: the temperature of what it looks at, and its own (datasheet 3901090614, rev. 13). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Mlx90614 implements I2cDriver {
    private static final Quantity OBJECT = Quantity.TEMPERATURE.named("object");
    private static final Quantity AMBIENT = Quantity.TEMPERATURE.named("ambient");
    private static final int T_AMBIENT = 0x06; // 8.3.4, table 8
    private static final int T_OBJECT = 0x07; // 8.3.4, table 8
    private static final int ERROR = 0x8000; // 8.3.4: set where the temperature is not valid
    private static final Crc8 PEC = new Crc8(0x07, 0x00); // 8.4.3.1
    private static final double STEP = 0.02; // 8.7.2, in K
    private static final double ZERO_CELSIUS = 273.15; // in K

    @Override
    public ChipDescriptor chip() {
        // 8.3.3, table 6: 0x5a as delivered, any other can be programmed; 0x20, which others here are asked for, is its
        // command to read its EEPROM's first word
        return ChipDescriptor.of("mlx90614", "Melexis MLX90614", 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        return plan(settings, "MLX90614", List.of(OBJECT, AMBIENT), chip -> {
            var sensor = new Opened(chip, chip.address());
            sensor.read();
            return sensor;
        });
    }

    private record Opened(I2cChip chip, int address) implements Sensor {
        /** Ranges: 8.7.2 and 5.1. What it has at power-up is below them. */
        @Override
        public List<Measurement> read() throws SensorException {
            return List.of(
                    Measurement.of(OBJECT, chip.within(OBJECT, celsius(T_OBJECT), -70.02, 382.2)),
                    Measurement.of(AMBIENT, chip.within(AMBIENT, celsius(T_AMBIENT), -40, 125)));
        }

        /** The lower byte, the higher one, and a checksum of the whole transfer with its addresses (8.4.3.1). */
        private double celsius(int register) throws SensorException {
            var answer = chip.alive(chip.readRegister(register, 3));
            var writing = (byte) (address << 1);
            var reading = (byte) ((address << 1) | 1);
            var sum = PEC.of(writing, (byte) register, reading, answer[0], answer[1]);
            chip.check(sum, answer[2] & 0xff);
            var word = ((answer[1] & 0xff) << 8) | (answer[0] & 0xff);
            if ((word & ERROR) != 0) {
                throw chip.fault("says that its temperature is not valid (" + I2cChip.hex(word, 4) + ")");
            }
            return word * STEP - ZERO_CELSIUS;
        }
    }
}
