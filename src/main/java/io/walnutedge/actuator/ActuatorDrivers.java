package io.walnutedge.actuator;

import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The types of outputs that are on the class path, by name. Immutable; any thread. */
public final class ActuatorDrivers {
    private final Map<String, ActuatorDriver> byName = new TreeMap<>();

    private ActuatorDrivers(Stream<ActuatorDriver> drivers) {
        drivers.forEach(driver -> byName.put(driver.name(), driver));
    }

    /** Finds them by {@link ServiceLoader}. */
    public static ActuatorDrivers installed() {
        return new ActuatorDrivers(
                ServiceLoader.load(ActuatorDriver.class, ActuatorDrivers.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get));
    }

    /** These and no others. */
    public static ActuatorDrivers of(ActuatorDriver... drivers) {
        return new ActuatorDrivers(Stream.of(drivers));
    }

    public Set<String> names() {
        return byName.keySet();
    }

    public Optional<ActuatorDriver> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
