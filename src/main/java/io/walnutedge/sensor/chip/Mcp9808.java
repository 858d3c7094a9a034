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

/** Microchip MCP9808: temperature, converted all the time (datasheet DS25095A). Stateless; any thread. */
@AutoService(SensorDriver.class)
public final class Mcp9808 implements I2cDriver {
    private static final Range CELSIUS = Range.celsius(-40, 125); // 1
    private static final int CONFIGURATION = 0x01; // 5.1, register 5-2
    private static final int AMBIENT = 0x05; // 5.1.3, register 5-4
    private static final int MANUFACTURER = 0x06; // 5.1.4, register 5-5
    private static final int DEVICE = 0x07; // 5.1.5, register 5-6: the lower byte is the revision
    private static final int RESOLUTION = 0x08; // 5.1.6, register 5-7, one byte
    private static final int MICROCHIP = 0x0054; // 5.1.4
    private static final int MCP9808 = 0x04; // 5.1.5

    /** 5.1.1, T_HYST 1.5 °C: of the alert output, which stays off; 0 after power-up. */
    private static final int MARK = 0x0200;

    private static final int SIGN = 0x1000; // 5.1.3; the bits above compare with the alert's limits
    private static final int MAGNITUDE = 0x0fff; // 5.1.3, sixteenths of a degree

    /** 5.1.6, and the conversion times beside them in milliseconds; typical, so that they are taken twice. */
    private static final List<Integer> MILLIS = List.of(30, 65, 130, 250);

    private static final List<Double> STEPS = List.of(0.5, 0.25, 0.125, 0.0625); // 5.1.6, in °C

    @Override
    public ChipDescriptor chip() {
        // 3.5: A2 to A0; manufacturer ID; 0x07 is the device ID 0x04xx
        return ChipDescriptor.of("mcp9808", "Microchip MCP9808", ChipDescriptor.range(0x18, 0x1f))
                .id(0x06, 2, 0xffff, 0x0054)
                .rank(ChipDescriptor.EARLY)
                .keys("`resolution` 0.5 0.25 0.125 **0.0625** (°C)")
                .kernel("jc42", CELSIUS);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var step = settings.number("resolution", 0.0625, 0.0625, 0.5);
        if (!STEPS.contains(step)) {
            settings.problem("resolution", step + " is none of 0.5, 0.25, 0.125, 0.0625");
        }
        var code = Math.max(0, STEPS.indexOf(step));
        return plan(settings, "MCP9808", List.of(Quantity.TEMPERATURE), chip -> {
                    identify(chip);
                    chip.write(RESOLUTION, code);
                    chip.writeWord(CONFIGURATION, MARK);
                    chip.pause(Duration.ofMillis(2L * MILLIS.get(code)));
                    return new Opened(chip, code);
                })
                .noSooner(Duration.ofMillis(MILLIS.get(code)));
    }

    private static void identify(I2cChip chip) throws SensorException {
        var manufacturer = chip.word(MANUFACTURER);
        var device = chip.word(DEVICE) >> 8;
        if (manufacturer != MICROCHIP || device != MCP9808) {
            throw chip.fault("the chip is another one: its ids are " + I2cChip.hex(manufacturer, 4) + " and "
                    + I2cChip.hex(device, 2));
        }
    }

    private record Opened(I2cChip chip, int code) implements Sensor {
        /** The settings are read last: a chip that had lost its power before has none of them. */
        @Override
        public List<Measurement> read() throws SensorException {
            var word = chip.word(AMBIENT);
            chip.same("configuration", MARK, chip.word(CONFIGURATION));
            chip.same("resolution", code, chip.readRegister(RESOLUTION, 1)[0] & 0xff);
            var sixteenths = (word & MAGNITUDE) - ((word & SIGN) == 0 ? 0 : SIGN);
            return List.of(chip.measured(CELSIUS, sixteenths / 16.0));
        }
    }
}
