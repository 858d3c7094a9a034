package io.walnutedge.sensor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** All drivers on the class path, by name. Immutable; any thread. */
public final class Drivers {
    private final Map<String, SensorDriver> byName = new TreeMap<>();
    private final Map<String, SensorDriver> byAlias = new HashMap<>();

    private Drivers(Iterable<SensorDriver> drivers) {
        for (var driver : drivers) {
            if (byName.put(driver.name(), driver) != null) {
                throw new IllegalStateException("two drivers of the name " + driver.name());
            }
            driver.aliases().forEach(alias -> byAlias.put(alias, driver));
        }
    }

    /** Finds them by {@link ServiceLoader}. */
    public static Drivers installed() {
        return new Drivers(ServiceLoader.load(SensorDriver.class, Drivers.class.getClassLoader()));
    }

    /** These and no others. */
    public static Drivers of(SensorDriver... drivers) {
        return new Drivers(List.of(drivers));
    }

    /** Without the aliases. */
    public Set<String> names() {
        return byName.keySet();
    }

    /** By its name or an alias. */
    public Optional<SensorDriver> find(String name) {
        return Optional.ofNullable(byName.get(name)).or(() -> Optional.ofNullable(byAlias.get(name)));
    }
}
