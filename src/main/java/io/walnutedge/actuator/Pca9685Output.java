package io.walnutedge.actuator;

import com.google.auto.service.AutoService;
import io.walnutedge.actuator.ActuatorPlan.ChipAddress;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.ValueRange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@code pca9685}: a channel of the PWM chip on an I2C bus. All channels of a chip have one frequency. */
@AutoService(ActuatorDriver.class)
public final class Pca9685Output implements ActuatorDriver {
    @Override
    public String name() {
        return "pca9685";
    }

    @Override
    public ActuatorPlan plan(ConfigTable settings) {
        var address = ChipAddress.on(settings, settings.address("address", 0x40));
        var channel = settings.integer("channel", 0, 15);
        // NXP Rev. 4, 7.3.5: 24 Hz to 1526 Hz
        var frequency = settings.number("frequency", 200, 24, 1526);
        var gamma = settings.number("gamma", 1, 1, 4);
        var place = String.format(Locale.ROOT, "pca9685 %s channel %d", address.describe(), channel);
        return new ActuatorPlan(
                place,
                Optional.empty(),
                List.of(place),
                Optional.of(address),
                Optional.of(ValueRange.PERCENT),
                List.of(OutputChip.AFTER_A_CRASH),
                (hardware, level) -> {
                    var bus = hardware.bus(address.bus());
                    var chip = bus.chip(address.address(), () -> new Pca9685(hardware.hardware(), address, frequency));
                    if (chip instanceof Pca9685 known && known.hasPrescale(Pca9685.prescale(frequency))) {
                        var line = ChipLine.open(bus.thread(), chip, channel, bent(level, gamma));
                        return new Gamma(line, gamma);
                    }
                    throw new ActuatorException(
                            place + ": another output of this chip has another frequency, and the chip has only one");
                });
    }

    private static OptionalDouble bent(OptionalDouble level, double gamma) {
        return level.isPresent() ? OptionalDouble.of(Math.pow(level.getAsDouble(), gamma)) : level;
    }

    /** The eye's share of the light's. */
    private record Gamma(Actuator light, double gamma) implements Actuator {
        @Override
        public void set(double level) throws ActuatorException {
            light.set(Math.pow(level, gamma));
        }

        @Override
        public double read() throws ActuatorException {
            return Math.pow(light.read(), 1 / gamma);
        }

        @Override
        public List<LastWrite> writes(double level) {
            return light.writes(Math.pow(level, gamma));
        }

        @Override
        public void close() throws ActuatorException {
            light.close();
        }
    }
}
