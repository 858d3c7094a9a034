package io.walnutedge.actuator;

import io.walnutedge.sensor.Registered;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The types of outputs that are on the class path, by name. Any thread. */
public final class ActuatorDrivers {
    private final Registered<ActuatorDriver> registered;

    private ActuatorDrivers(Registered<ActuatorDriver> registered) {
        this.registered = registered;
    }

    public static ActuatorDrivers installed() {
        return new ActuatorDrivers(Registered.installed(ActuatorDriver.class, "Output", ActuatorDriver::name));
    }

    /** These and no others. */
    public static ActuatorDrivers of(ActuatorDriver... drivers) {
        return new ActuatorDrivers(Registered.of(List.of(drivers), ActuatorDriver::name));
    }

    public Set<String> names() {
        return registered.all().keySet();
    }

    public Optional<ActuatorDriver> find(String name) {
        return registered.find(name);
    }
}
