package io.walnutedge.actuator;

import io.walnutedge.sensor.Registered;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The types of outputs that are on the class path, by name. Any thread. */
public final class ActuatorDrivers {
    private final Registered<ActuatorDriver> registered = new Registered<>(ActuatorDriver.class, "Output");

    public Set<String> names() {
        var names = new TreeSet<String>();
        registered.all().forEach(driver -> names.add(driver.name()));
        return names;
    }

    public Optional<ActuatorDriver> find(String name) {
        return registered.find(name).filter(driver -> driver.name().equals(name));
    }
}
