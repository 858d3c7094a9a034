package io.walnutedge.actuator;

import io.walnutedge.sensor.Registered;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** The types of outputs that are on the class path, by name. Any thread. */
public final class ActuatorDrivers {
    private final Function<String, Optional<ActuatorDriver>> byClass;
    private final Supplier<List<ActuatorDriver>> all;

    private ActuatorDrivers(Function<String, Optional<ActuatorDriver>> byClass, Supplier<List<ActuatorDriver>> all) {
        this.byClass = byClass;
        this.all = all;
    }

    public static ActuatorDrivers installed() {
        var registered = new Registered<>(ActuatorDriver.class, "Output");
        return new ActuatorDrivers(registered::find, registered::all);
    }

    /** These and no others. */
    public static ActuatorDrivers of(ActuatorDriver... drivers) {
        return new ActuatorDrivers(name -> Optional.empty(), () -> List.of(drivers));
    }

    public Set<String> names() {
        var names = new TreeSet<String>();
        all.get().forEach(driver -> names.add(driver.name()));
        return names;
    }

    public Optional<ActuatorDriver> find(String name) {
        return byClass.apply(name)
                .filter(driver -> driver.name().equals(name))
                .or(() -> all.get().stream()
                        .filter(driver -> driver.name().equals(name))
                        .findFirst());
    }
}
