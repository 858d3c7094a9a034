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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Texas Instruments INA3221: voltage, current and power of three channels, one triggered conversion for each reading
 * (datasheet SBOS576B). Stateless; any thread.
 *
 * <p>The chip knows no current; it is the shunt voltage over the shunt.
 */
@AutoService(SensorDriver.class)
public final class Ina3221 implements I2cDriver {
    private static final int CONFIGURATION = 0; // 8.6.1: the registers
    private static final int SHUNT_VOLTAGE_1 = 1; // of channel 1; a bus voltage follows each
    private static final int MASK_ENABLE = 0x0f;
    private static final int MANUFACTURER_ID = 0xfe;
    private static final int DIE_ID = 0xff;
    private static final int MANUFACTURER = 0x5449; // 8.6.1: "TI"
    private static final int DIE = 0x3220; // 8.6.1
    private static final int CHANNEL_1 = 0x4000; // 8.6.2.1, CH1en; the next bits are those of channels 2 and 3
    private static final int TRIGGERED = 3; // 8.6.2.1, MODE: shunt and bus voltage
    private static final int READY = 1; // mask/enable, CVRF; a new configuration or reading it clears it
    private static final double SHUNT_STEP = 0.000_04; // 8.6.2, shunt voltage: bits 15 to 3
    private static final double BUS_STEP = 0.008; // 8.6.2, bus voltage: bits 15 to 3
    private static final int MAX = 0xfff; // 8.6.2, shunt voltage: 163.8 mV
    private static final int MIN = -0x1000;

    private static final List<String> CHANNELS = List.of("ch1", "ch2", "ch3");

    @Override
    public ChipDescriptor chip() {
        // 8.5.2, A0; Die ID
        return ChipDescriptor.of("ina3221", "Texas Instruments INA3221", 0x40, 0x41, 0x42, 0x43)
                .id(0xff, 2, 0xffff, 0x3220)
                .keys("`channels`, default all of `ch1` `ch2` `ch3`; `shunt` (Ω, default **0.1**); "
                        + "`shunts { ch1 = 0.05 }` by channel; " + InaTiming.KEYS);
    }

    /** {@code shunt} serves all channels; the section {@code shunts} has exceptions by channel. */
    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var timing = InaTiming.of(settings);
        var shunt = ohms(settings, "shunt", 0.1);
        var shunts = settings.sectionOrEmpty("shunts");
        var inputs = new ArrayList<Input>();
        for (var channel : channels(settings)) {
            inputs.add(new Input(CHANNELS.indexOf(channel), ohms(shunts, channel, shunt)));
        }
        shunts.finish();
        var quantities =
                inputs.stream().flatMap(each -> each.quantities().stream()).toList();
        return plan(settings, "INA3221", quantities, chip -> {
            var manufacturer = chip.word(MANUFACTURER_ID);
            var die = chip.word(DIE_ID);
            if (manufacturer != MANUFACTURER || die != DIE) {
                throw chip.fault("its ids are " + I2cChip.hex(manufacturer, 4) + " and " + I2cChip.hex(die, 4)
                        + ", not 0x5449 and 0x3220; it is no INA3221");
            }
            return new Opened(chip, List.copyOf(inputs), timing);
        });
    }

    private static double ohms(ConfigTable settings, String key, double fallback) {
        return settings.number(key, fallback, 0.00001, 1000);
    }

    private static List<String> channels(ConfigTable settings) {
        var wanted = settings.has("channels") ? settings.texts("channels") : CHANNELS;
        var channels = new LinkedHashSet<String>();
        for (var channel : wanted) {
            if (!CHANNELS.contains(channel)) {
                settings.problem("channels", "'" + channel + "' is no channel; accepted: ch1, ch2, ch3");
            } else if (!channels.add(channel)) {
                settings.problem("channels", channel + " is there twice");
            }
        }
        if (wanted.isEmpty()) {
            settings.problem("channels", "an empty list; leave the key out to have ch1, ch2, ch3");
        }
        return List.copyOf(channels);
    }

    /** A channel, counted from 0, with its shunt. */
    private record Input(int channel, double ohms) {
        private Quantity named(Quantity quantity) {
            return quantity.named(CHANNELS.get(channel) + "-" + quantity.name());
        }

        List<Quantity> quantities() {
            return Shunt.QUANTITIES.stream().map(this::named).toList();
        }

        int enabled() {
            return CHANNEL_1 >> channel;
        }

        void read(I2cChip chip, List<Measurement> into) throws SensorException {
            var code = (short) chip.word(SHUNT_VOLTAGE_1 + 2 * channel) >> 3;
            var bus = ((short) chip.word(SHUNT_VOLTAGE_1 + 2 * channel + 1) >> 3) * BUS_STEP;
            // 7.3: 26 V; two steps below zero are an offset
            var volts = chip.measured(named(Quantity.VOLTAGE), bus, -2 * BUS_STEP, 26);
            var amperes = I2cChip.each(named(Quantity.CURRENT), () -> shuntVolts(chip, code) / ohms);
            into.add(volts);
            into.add(I2cChip.each(named(Shunt.VOLTAGE), () -> shuntVolts(chip, code)));
            into.add(amperes);
            into.add(Shunt.power(named(Quantity.POWER), volts, amperes));
        }

        private double shuntVolts(I2cChip chip, int code) throws SensorException {
            if (code == MAX || code == MIN) {
                throw chip.none("the shunt voltage of " + CHANNELS.get(channel)
                        + " is saturated at 0.1638 V; take a smaller shunt");
            }
            return code * SHUNT_STEP;
        }
    }

    private record Opened(I2cChip chip, List<Input> inputs, InaTiming timing) implements Sensor {
        private int configuration() {
            var enabled = inputs.stream().mapToInt(Input::enabled).sum();
            return enabled | timing.bits() | TRIGGERED;
        }

        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            chip.writeWord(CONFIGURATION, configuration());
            chip.await(timing.longest(inputs.size()), () -> (chip.word(MASK_ENABLE) & READY) != 0);
            chip.same("configuration", configuration(), chip.word(CONFIGURATION));
            var measurements = new ArrayList<Measurement>();
            for (var input : inputs) {
                input.read(chip, measurements);
            }
            return List.copyOf(measurements);
        }
    }
}
