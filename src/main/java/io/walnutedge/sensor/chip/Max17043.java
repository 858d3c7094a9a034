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
 * Maxim MAX17043 and MAX17044: voltage of one or two lithium cells and the charge that the chip estimates from it (datasheet
 * 19-4811). Stateless; any thread.
 *
 * <p>The cells that it measures are its supply, and it measures always. Whether it has one cell or two, it cannot say.
 */
@AutoService(SensorDriver.class)
public final class Max17043 implements I2cDriver {
    private static final int CELL_VOLTAGE = 0x02; // table 2; the charge follows
    private static final int VERSION = 0x08; // table 2
    private static final int CONFIGURATION = 0x0c; // table 2
    private static final double STEP = 0.001_25; // figure 3: bits 15 to 4, for each cell
    private static final double MIN_VOLTS = 2.5; // recommended operating conditions, for each cell
    private static final double MAX_VOLTS = 4.5;
    private static final Duration FIRST_UPDATE = Duration.ofMillis(250); // SOC register: within that of power-up
    private static final double FULL = 100;
    private static final double MORE_THAN_FULL = 110; // a full cell may count a little above 100; more is no charge

    @Override
    public ChipDescriptor chip() {
        // Slave address: 6Ch for writing
        return ChipDescriptor.of("max17043", "Maxim MAX17043, MAX17044", 0x36)
                .keys("`cells` **1** (MAX17043) 2 (MAX17044)");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var cells = settings.integer("cells", 1, 1, 2);
        return plan(settings, "MAX17043", List.of(Quantity.CHARGE, Quantity.VOLTAGE), chip -> {
                    chip.alive(chip.readRegister(VERSION, 2));
                    return new Opened(chip, cells);
                })
                .noSooner(FIRST_UPDATE);
    }

    private record Opened(I2cChip chip, int cells) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            chip.alive(chip.readRegister(CONFIGURATION, 2));
            var both = both();
            var volts = (I2cChip.unsigned16(both, 0) >> 4) * STEP * cells;
            chip.within(Quantity.VOLTAGE, volts, MIN_VOLTS * cells, MAX_VOLTS * cells);
            // figure 4: the higher byte is percent
            var percent = chip.within(Quantity.CHARGE, I2cChip.unsigned16(both, 2) / 256.0, 0, MORE_THAN_FULL);
            return List.of(
                    Measurement.of(Quantity.CHARGE, Math.min(percent, FULL)), Measurement.of(Quantity.VOLTAGE, volts));
        }

        /** A zero is an empty cell, or what the registers have until the first update after power-up. */
        private byte[] both() throws SensorException, InterruptedException {
            var both = chip.readRegister(CELL_VOLTAGE, 4);
            if (I2cChip.unsigned16(both, 0) == 0 || I2cChip.unsigned16(both, 2) == 0) {
                chip.pause(FIRST_UPDATE);
                return chip.readRegister(CELL_VOLTAGE, 4);
            }
            return both;
        }
    }
}
