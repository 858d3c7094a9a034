package io.walnutedge.sensor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The types of sensors that are on the class path, by name. All are made only for an alias or a list. Any thread. */
public final class Drivers {
    private final Function<String, Optional<SensorDriver>> byClass;
    private final Supplier<List<SensorDriver>> all;

    private volatile Map<String, SensorDriver> byName = Map.of();
    private volatile Map<String, SensorDriver> byAlias = Map.of();

    private Drivers(Function<String, Optional<SensorDriver>> byClass, Supplier<List<SensorDriver>> all) {
        this.byClass = byClass;
        this.all = all;
    }

    public static Drivers installed() {
        var registered = new Registered<>(SensorDriver.class, "Driver");
        return new Drivers(registered::find, registered::all);
    }

    /** These and no others. */
    public static Drivers of(SensorDriver... drivers) {
        return new Drivers(name -> Optional.empty(), () -> List.of(drivers));
    }

    private synchronized void makeAll() {
        if (!byName.isEmpty()) {
            return;
        }
        var names = new TreeMap<String, SensorDriver>();
        var aliases = new HashMap<String, SensorDriver>();
        for (var driver : all.get()) {
            if (names.put(driver.name(), driver) != null) {
                throw new IllegalStateException("two drivers of the name " + driver.name());
            }
            driver.aliases().forEach(alias -> aliases.put(alias, driver));
        }
        byAlias = aliases;
        byName = names;
    }

    /** Without the aliases. */
    public Set<String> names() {
        makeAll();
        return byName.keySet();
    }

    /** By its name or an alias. */
    public Optional<SensorDriver> find(String name) {
        var driver = byClass.apply(name);
        if (driver.isPresent() && driver.get().name().equals(name)) {
            return driver;
        }
        makeAll();
        return Optional.ofNullable(byName.get(name)).or(() -> Optional.ofNullable(byAlias.get(name)));
    }

    /** Whether a value of {@code type} names a driver whose answers a recording holds. */
    public boolean isRecorded(String name) {
        return find(name).filter(SensorDriver::isRecorded).isPresent();
    }
}
