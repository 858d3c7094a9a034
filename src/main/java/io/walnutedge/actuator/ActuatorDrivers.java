package io.walnutedge.actuator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The types of outputs, by name. Immutable; any thread. */
public final class ActuatorDrivers {
    private final Map<String, ActuatorDriver> byName = new TreeMap<>();

    private ActuatorDrivers(List<ActuatorDriver> drivers) {
        drivers.forEach(driver -> byName.put(driver.name(), driver));
    }

    /** Every type that there is; a new one is added here. */
    public static ActuatorDrivers installed() {
        return of(
                new GpioOutput(),
                new LedOutput(Attributes.KERNEL),
                new PwmOutput(Attributes.KERNEL),
                ExpanderOutput.mcp23008(),
                ExpanderOutput.mcp23017(),
                ExpanderOutput.pcf8574(),
                ExpanderOutput.pcf8575(),
                new Pca9685Output());
    }

    /** These and no others. */
    public static ActuatorDrivers of(ActuatorDriver... drivers) {
        return new ActuatorDrivers(List.of(drivers));
    }

    public Set<String> names() {
        return byName.keySet();
    }

    public Optional<ActuatorDriver> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
