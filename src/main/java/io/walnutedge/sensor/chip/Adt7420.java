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

/** Analog Devices ADT7420: temperature of 16 bits, converted all the time (datasheet Rev. A). Stateless; any thread. */
@AutoService(SensorDriver.class)
public final class Adt7420 implements I2cDriver {
    private static final Range CELSIUS = Range.celsius(-40, 150); // Temperature Data Format
    private static final int TEMPERATURE = 0x00; // Registers, table 6
    private static final int STATUS = 0x02; // Registers, table 6
    private static final int CONFIGURATION = 0x03; // Registers, table 6
    private static final int ID = 0x0b; // Registers, table 6
    private static final int NOT_READY = 0x80; // Status Register: low when a conversion has ended, high once it is read

    /** Configuration Register: bit 7, and continuous conversion in bits 6 and 5; 13 bits after power-up. */
    private static final int SIXTEEN_BITS = 0x80;

    private static final int ANALOG_DEVICES = 0xc8; // ID Register: bits 7 to 3, below them is the revision
    private static final double STEPS = 128; // Temperature Data Format: of a degree, 16 bits
    private static final Duration CONVERSION = Duration.ofMillis(240); // Specifications: typical, so it is taken twice

    @Override
    public ChipDescriptor chip() {
        // Serial Bus Address; nothing tells an ADT7410 apart
        return ChipDescriptor.of("adt7420", "Analog Devices ADT7420", 0x48, 0x49, 0x4a, 0x4b)
                .told(Probe.of(List.of("adt7420", "adt7410"), new Probe.Expected(ID, 1, 0xf8, ANALOG_DEVICES)))
                .kernel("adt7420", CELSIUS);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        return plan(settings, "ADT7420", List.of(Quantity.TEMPERATURE), chip -> {
                    var id = chip.readRegister(ID, 1)[0] & 0xff;
                    if ((id & 0xf8) != ANALOG_DEVICES) {
                        throw chip.fault("the chip is another one: its id is " + I2cChip.hex(id, 2));
                    }
                    chip.write(CONFIGURATION, SIXTEEN_BITS);
                    chip.pause(CONVERSION.multipliedBy(2));
                    return new Opened(chip);
                })
                .noSooner(CONVERSION);
    }

    private record Opened(I2cChip chip) implements Sensor {
        /** The configuration is read last: a chip that had lost its power before has another one. */
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            if (!isReady()) {
                chip.await(CONVERSION, this::isReady);
            }
            var word = (short) chip.word(TEMPERATURE);
            chip.same("configuration", SIXTEEN_BITS, chip.readRegister(CONFIGURATION, 1)[0] & 0xff);
            return List.of(chip.measured(CELSIUS, word / STEPS));
        }

        private boolean isReady() throws SensorException {
            return (chip.readRegister(STATUS, 1)[0] & NOT_READY) == 0;
        }
    }
}
