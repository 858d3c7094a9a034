package io.walnutedge.gpio;

import io.walnutedge.board.Pin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Lines on nothing: records what happens to them in order, and fails where it is told to. */
public final class FakeLines implements Lines {
    /** What happened, in order: {@code open PC9 low}, {@code set PC9 high}, {@code close PC9}, {@code watch PC10}. */
    public final List<String> events = new ArrayList<>();

    /** When, by {@link #clock}. */
    public final List<Long> times = new ArrayList<>();

    public LongSupplier clock = () -> 0;

    /** Output lines that keep their level whatever is written. */
    public final Set<String> stuck = new HashSet<>();

    /** Lines on which everything fails. */
    public final Set<String> broken = new HashSet<>();

    /** Lines on which an unchecked exception comes instead. */
    public final Set<String> buggy = new HashSet<>();

    /** Input lines without edges. */
    public final Set<String> edgeless = new HashSet<>();

    private final Map<String, Boolean> levels = new HashMap<>();
    private final Map<String, Runnable> watchers = new HashMap<>();

    public static Pin pin(String name) {
        return new Pin(name, name.hashCode() & 0xff);
    }

    /** The world drives an input line; an edge is reported where the level changes and the line has edges. */
    public void drive(String pin, boolean high) {
        var before = levels.put(pin, high);
        var watcher = watchers.get(pin);
        if (watcher != null && !edgeless.contains(pin) && (before == null || before != high)) {
            watcher.run();
        }
    }

    public boolean isHigh(String pin) {
        return levels.getOrDefault(pin, false);
    }

    /** Every level that the line has shown as an output, in order. */
    public List<String> levelsOf(String pin) {
        return events.stream()
                .filter(event -> event.startsWith("open " + pin + " ") || event.startsWith("set " + pin + " "))
                .map(event -> event.substring(event.lastIndexOf(' ') + 1))
                .toList();
    }

    @Override
    public OutputLine output(Pin pin, boolean high) throws GpioException {
        check(pin);
        show("open", pin, high);
        return new OutputLine() {
            @Override
            public void set(boolean level) throws GpioException {
                check(pin);
                show("set", pin, level);
            }

            @Override
            public boolean isHigh() throws GpioException {
                check(pin);
                return levels.getOrDefault(pin.name(), false);
            }

            @Override
            public Optional<Path> directory() {
                return Optional.of(Path.of("gpio", pin.name()));
            }

            @Override
            public void close() throws GpioException {
                add("close " + pin);
                check(pin);
            }
        };
    }

    @Override
    public OutputLine kept(Pin pin) throws GpioException {
        return output(pin, isHigh(pin.name()));
    }

    @Override
    public InputLine input(Pin pin, Runnable changed) throws GpioException {
        check(pin);
        add("watch " + pin);
        watchers.put(pin.name(), changed);
        return new InputLine() {
            @Override
            public boolean isHigh() throws GpioException {
                check(pin);
                return levels.getOrDefault(pin.name(), false);
            }

            @Override
            public boolean hasEdges() {
                return !edgeless.contains(pin.name());
            }

            @Override
            public void close() throws GpioException {
                add("close " + pin);
                watchers.remove(pin.name());
                check(pin);
            }
        };
    }

    private void show(String what, Pin pin, boolean high) {
        if (!stuck.contains(pin.name())) {
            levels.put(pin.name(), high);
        }
        add(what + " " + pin + (high ? " high" : " low"));
    }

    private void add(String event) {
        events.add(event);
        times.add(clock.getAsLong());
    }

    private void check(Pin pin) throws GpioException {
        if (buggy.contains(pin.name())) {
            throw new IllegalStateException("a fault of the library");
        }
        if (broken.contains(pin.name())) {
            throw new GpioException(pin + " is held by another driver");
        }
    }
}
