package io.walnutedge.output;

import io.walnutedge.actuator.Actuator;
import io.walnutedge.actuator.ActuatorException;
import io.walnutedge.actuator.ActuatorPlan;
import io.walnutedge.reading.ValueRange;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Hardware that keeps its levels whatever becomes of the process, fails where it is told to, and reports each level. */
final class Panel {
    /** Names on which everything fails. */
    final Set<String> broken = new HashSet<>();
    /** Names that will be broken when they are driven so many times more. */
    final Map<String, Integer> fuses = new HashMap<>();

    private final Map<String, Double> levels = new HashMap<>();
    private final Watcher watcher;

    /** Hears of each level, physical, when it is there. */
    interface Watcher {
        void driven(String name, double level);
    }

    Panel(Watcher watcher) {
        this.watcher = watcher;
    }

    double level(String name) {
        return levels.getOrDefault(name, 0.0);
    }

    ActuatorPlan plan(String name, boolean dimmable) {
        return new ActuatorPlan(
                name,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                dimmable ? Optional.of(ValueRange.PERCENT) : Optional.empty(),
                List.of(),
                (hardware, at) -> open(name, at));
    }

    private Actuator open(String name, OptionalDouble at) throws ActuatorException {
        drive(name, at.orElse(level(name)));
        return new Actuator() {
            @Override
            public void set(double level) throws ActuatorException {
                drive(name, level);
            }

            @Override
            public double read() throws ActuatorException {
                requireSound(name);
                return level(name);
            }

            @Override
            public List<LastWrite> writes(double level) {
                return List.of(new FileWrite(Path.of(name), Double.toString(level)));
            }

            @Override
            public void close() {
                // its level stays
            }
        };
    }

    /** What the service does when the process is dead. */
    void write(Actuator.FileWrite last) {
        show(last.file().toString(), Double.parseDouble(last.text()));
    }

    private void drive(String name, double level) throws ActuatorException {
        if (fuses.merge(name, -1, Integer::sum) == 0) {
            broken.add(name);
        }
        requireSound(name);
        show(name, level);
    }

    private void show(String name, double level) {
        levels.put(name, level);
        watcher.driven(name, level);
    }

    private void requireSound(String name) throws ActuatorException {
        if (broken.contains(name)) {
            throw new ActuatorException(name + " is broken");
        }
    }
}
