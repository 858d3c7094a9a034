package io.walnutedge.actuator;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.ValueRange;

/** {@code pwm}: the duty cycle of a {@link PwmChannel}. */
@AutoService(ActuatorDriver.class)
public final class PwmOutput implements ActuatorDriver {
    private final Attributes attributes;

    public PwmOutput() {
        this(Attributes.KERNEL);
    }

    PwmOutput(Attributes attributes) {
        this.attributes = attributes;
    }

    @Override
    public String name() {
        return "pwm";
    }

    @Override
    public ActuatorPlan plan(ConfigTable settings) {
        var place = PwmChannel.Place.read(settings);
        var frequency = settings.number("frequency", 1000, 0.1, 1_000_000);
        var gamma = new Gamma(settings.number("gamma", 1, 1, 4));
        return new PwmChannel(attributes, place, frequency, gamma).plan(ValueRange.PERCENT);
    }

    private record Gamma(double gamma) implements PwmChannel.Curve {
        @Override
        public double duty(double level) {
            return Math.pow(level, gamma);
        }

        @Override
        public double level(double duty) {
            return Math.pow(duty, 1 / gamma);
        }
    }
}
