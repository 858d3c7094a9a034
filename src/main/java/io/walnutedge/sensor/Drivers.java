package io.walnutedge.sensor;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The types of sensors that are on the class path, by name. All are made only for an alias or a list. Any thread. */
public final class Drivers {
    private final Registered<SensorDriver> registered;

    private Drivers(Registered<SensorDriver> registered) {
        this.registered = registered;
    }

    public static Drivers installed() {
        return new Drivers(Registered.installed(SensorDriver.class, "Driver", SensorDriver::name));
    }

    /** These and no others. */
    public static Drivers of(SensorDriver... drivers) {
        return new Drivers(Registered.of(List.of(drivers), SensorDriver::name));
    }

    /** Without the aliases. */
    public Set<String> names() {
        return registered.all().keySet();
    }

    /** By its name or an alias. */
    public Optional<SensorDriver> find(String name) {
        return registered
                .find(name)
                .or(() -> registered.all().values().stream()
                        .filter(driver -> driver.aliases().contains(name))
                        .findFirst());
    }

    /** Whether a value of {@code type} names a driver whose answers a recording holds. */
    public boolean isRecorded(String name) {
        return find(name).filter(SensorDriver::isRecorded).isPresent();
    }
}
