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
import io.walnutedge.sensor.i2c.Range;
import java.time.Duration;
import java.util.List;

/**
 * Texas Instruments HDC2080: temperature and humidity, 14 bits (datasheet SNAS678). Its words have the lower byte first.
 * Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Hdc2080 implements I2cDriver {
    private static final Range CELSIUS = Range.celsius(-40, 125);
    private static final int VALUES = 0x00; // Register Maps: temperature, then humidity
    private static final int STATUS = 0x04; // Register Maps: Interrupt DRDY
    private static final int DATA_READY = 0x80; // Interrupt DRDY: DRDY_STATUS
    private static final int CONFIGURATION = 0x0e; // Register Maps: Reset and DRDY/INT Configuration
    private static final int ON_DEMAND = 0x00; // Reset and DRDY/INT Configuration: no auto measurement, no heater
    private static final int MEASUREMENT = 0x0f; // Register Maps: Measurement Configuration
    private static final int START = 0x01; // Measurement Configuration: MEAS_TRIG; both quantities with 14 bits
    private static final int IDS = 0xfc; // Register Maps: Manufacturer ID, then Device ID
    private static final int TEXAS_INSTRUMENTS = 0x5449; // Manufacturer ID
    private static final int HDC2080 = 0x07d0; // Device ID
    // Electrical Characteristics: 0.66 ms for humidity and 0.61 ms for temperature, typical
    private static final Duration CONVERSION = Duration.ofMillis(2);
    private static final double SPAN = 165.0 / 65536; // Temperature registers, equation
    private static final double LOWEST = -40.5; // the same; -40 in the first edition of the datasheet

    @Override
    public ChipDescriptor chip() {
        return ChipDescriptor.of("hdc2080", "Texas Instruments HDC2080", 0x40, 0x41)
                .rank(ChipDescriptor.LAST)
                .kernel("hdc2080", CELSIUS);
    }

    @Override
    public String keys() {
        return I2cDriver.super.keys()
                + " (the kernel's temperature is 0.5 °C higher, by the datasheet's first edition)";
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var quantities = List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY);
        return plan(settings, "HDC2080", quantities, chip -> {
            identify(chip);
            chip.write(CONFIGURATION, ON_DEMAND);
            return new Opened(chip);
        });
    }

    private static void identify(I2cChip chip) throws SensorException {
        var ids = chip.readRegister(IDS, 4);
        if (I2cChip.littleEndian16(ids, 0) != TEXAS_INSTRUMENTS || I2cChip.littleEndian16(ids, 2) != HDC2080) {
            throw chip.fault("the chip is another one: its ids are " + I2cChip.hex(I2cChip.littleEndian16(ids, 0), 4)
                    + " and " + I2cChip.hex(I2cChip.littleEndian16(ids, 2), 4));
        }
    }

    private record Opened(I2cChip chip) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            chip.write(MEASUREMENT, START);
            chip.await(CONVERSION, () -> (chip.readRegister(STATUS, 1)[0] & DATA_READY) != 0);
            var values = chip.readRegister(VALUES, 4);
            identify(chip); // ones are 124.5 °C, and what a dead bus answers
            // zeros, which the registers hold after a power cut, are below the range
            var celsius = I2cChip.littleEndian16(values, 0) * SPAN + LOWEST;
            var percent = I2cChip.littleEndian16(values, 2) * 100.0 / 65536; // Humidity registers, equation
            return List.of(chip.measured(CELSIUS, celsius), chip.humidity(percent));
        }
    }
}
