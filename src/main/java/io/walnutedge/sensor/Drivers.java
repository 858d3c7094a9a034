package io.walnutedge.sensor;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All drivers on the class path, by name. A driver whose class is named as its type ({@code Sht4x} for {@code sht4x}) is
 * made when it is asked for, without the others; only for another name all of them are made. Any thread.
 */
public final class Drivers {
    private final Map<String, ServiceLoader.Provider<SensorDriver>> byClass;
    /** By the lower-case name of the class. */
    private final Map<String, SensorDriver> made = new ConcurrentHashMap<>();

    private volatile Map<String, SensorDriver> byName = Map.of();
    private volatile Map<String, SensorDriver> byAlias = Map.of();

    private Drivers(Stream<ServiceLoader.Provider<SensorDriver>> providers) {
        byClass = providers.collect(Collectors.toMap(
                provider -> provider.type().getSimpleName().toLowerCase(Locale.ROOT), provider -> provider));
    }

    private Drivers(List<SensorDriver> drivers) {
        byClass = Map.of();
        learn(drivers);
    }

    /** Finds them by {@link ServiceLoader}. */
    public static Drivers installed() {
        return new Drivers(ServiceLoader.load(SensorDriver.class, Drivers.class.getClassLoader()).stream());
    }

    /** These and no others. */
    public static Drivers of(SensorDriver... drivers) {
        return new Drivers(List.of(drivers));
    }

    private void learn(List<SensorDriver> drivers) {
        var names = new TreeMap<String, SensorDriver>();
        var aliases = new HashMap<String, SensorDriver>();
        for (var driver : drivers) {
            if (names.put(driver.name(), driver) != null) {
                throw new IllegalStateException("two drivers of the name " + driver.name());
            }
            driver.aliases().forEach(alias -> aliases.put(alias, driver));
        }
        byAlias = aliases;
        byName = names;
    }

    private synchronized void makeAll() {
        if (byName.isEmpty()) {
            learn(byClass.keySet().stream().map(this::make).toList());
        }
    }

    private SensorDriver make(String className) {
        return made.computeIfAbsent(
                className,
                none -> Objects.requireNonNull(byClass.get(className)).get());
    }

    /** Without the aliases. */
    public Set<String> names() {
        makeAll();
        return byName.keySet();
    }

    /** By its name or an alias. */
    public Optional<SensorDriver> find(String name) {
        var className = name.replace("-", "");
        if (byClass.containsKey(className) && make(className).name().equals(name)) {
            return Optional.of(make(className));
        }
        makeAll();
        return Optional.ofNullable(byName.get(name)).or(() -> Optional.ofNullable(byAlias.get(name)));
    }

    /** Whether a value of {@code type} names a driver whose answers a recording holds. */
    public boolean isRecorded(String name) {
        return find(name).filter(SensorDriver::isRecorded).isPresent();
    }
}
