package io.walnutedge.cli;

import io.walnutedge.board.Board;
import io.walnutedge.board.Pin;
import io.walnutedge.board.PinException;
import io.walnutedge.board.Pins;
import io.walnutedge.config.DeviceConfig;
import io.walnutedge.hardware.Pi4jHardware;
import io.walnutedge.plan.PinNames;
import io.walnutedge.sensor.files.Roots;
import java.util.function.Function;

/** The pins of this machine, for the reading of a configuration. Stateless; any thread. */
final class BoardPins {
    private BoardPins() {}

    static Pins of(DeviceConfig device) {
        return new Pins(Board.detect(device.proc()), device.sys());
    }

    /** The hardware of this machine; nothing of it is opened yet. */
    static Pi4jHardware hardware(DeviceConfig device) {
        return Pi4jHardware.ofMachine(new Roots(device.sys(), device.proc(), device.dev()));
    }

    /** Lines of pins that {@link #byLine} has accepted. */
    static Function<String, Pin> resolver(DeviceConfig device) {
        var pins = of(device);
        return name -> {
            try {
                return pins.resolve(name);
            } catch (PinException vanished) {
                throw new IllegalStateException(vanished);
            }
        };
    }

    /** What can be judged on any machine. */
    static PinNames byName() {
        return (device, pin) -> {
            try {
                return of(device).identity(pin);
            } catch (PinException unusable) {
                throw new IllegalArgumentException(unusable.getMessage(), unusable);
            }
        };
    }

    /** What is really there: a pin without a line on this machine is refused. */
    static PinNames byLine() {
        return (device, pin) -> {
            try {
                return "gpio" + of(device).resolve(pin).sysfs();
            } catch (PinException unusable) {
                throw new IllegalArgumentException(unusable.getMessage(), unusable);
            }
        };
    }
}
