package io.walnutedge.sensor;

import io.walnutedge.reading.IntervalBounds;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Quantity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A sensor that can be opened. Immutable; any thread.
 *
 * @param source what it occupies, which decides on whose thread it is read
 * @param quantities what a read gives, at least one; names are unique
 * @param opening makes the sensor on its source's thread
 * @param needs what it takes from other sensors beside its source
 * @param shortest the least time between two samples that makes sense, as that of a conversion
 * @param gaps whether there may be no value though nothing has failed
 */
public record SensorPlan(
        Source source, List<Quantity> quantities, Opening opening, List<Need> needs, Duration shortest, boolean gaps) {
    public SensorPlan {
        quantities = List.copyOf(quantities);
        needs = List.copyOf(needs);
    }

    /** A sensor that can be sampled as often as anything can. */
    public SensorPlan(Source source, List<Quantity> quantities, Opening opening, List<Need> needs) {
        this(source, quantities, opening, needs, IntervalBounds.OUTERMOST.shortest(), false);
    }

    /** A sensor that takes nothing from others beside its source. */
    public SensorPlan(Source source, List<Quantity> quantities, Opening opening) {
        this(source, quantities, opening, List.of());
    }

    /** The same, with a new value no sooner than after this time. */
    public SensorPlan noSooner(Duration time) {
        return new SensorPlan(source, quantities, opening, needs, time, gaps);
    }

    /** The same, of a sensor that may have no value though nothing has failed, such as a distance without a target. */
    public SensorPlan intermittent() {
        return new SensorPlan(source, quantities, opening, needs, shortest, true);
    }

    /** The same, with other quantities and an opening that gives them. */
    public SensorPlan giving(List<Quantity> others, Opening another) {
        return new SensorPlan(source, others, another, needs, shortest, gaps);
    }

    /** All that it takes from other sensors. */
    public List<Input> inputs() {
        var computed = source instanceof Computed of ? of.inputs.stream() : Stream.<Input>empty();
        return Stream.concat(computed, needs.stream().map(Need::input)).toList();
    }

    /**
     * Whether one quantity can be without a value while nothing has failed, or while another has one: then each of them has
     * an availability of its own. A kernel's driver may have none in any of its files (ENODATA, EAGAIN).
     */
    public boolean isEachAvailable() {
        return gaps
                || quantities.size() > 1
                || source instanceof FileLike
                || (source instanceof Computed computed && !computed.inputs.isEmpty());
    }

    /** Makes the sensor; may talk to the hardware, for example to check a chip's id. */
    @FunctionalInterface
    public interface Opening {
        Sensor open(Hardware hardware) throws SensorException, InterruptedException;
    }

    /** What a sensor occupies. */
    public sealed interface Source {
        /** In words, for tables and logs. */
        String describe();

        /** What keeps it from working on this machine, as far as can be seen without opening it; may read files. */
        default List<String> notes() {
            return List.of();
        }
    }

    /**
     * A device on an I2C bus; two sensors must not share it.
     *
     * @param mux the switch that it is behind
     */
    public record I2cDevice(I2cBus bus, int address, Optional<MuxChannel> mux) implements Source {
        public I2cDevice(int bus, int address, Optional<MuxChannel> mux) {
            this(I2cBus.of(bus), address, mux);
        }

        /** A device that is on the bus itself. */
        public I2cDevice(int bus, int address) {
            this(I2cBus.of(bus), address, Optional.empty());
        }

        @Override
        public String describe() {
            var behind =
                    mux.map(each -> String.format(Locale.ROOT, " behind 0x%02x/%d", each.address(), each.channel()));
            return String.format(Locale.ROOT, "%s 0x%02x%s", bus.describe(), address, behind.orElse(""));
        }

        /** Of a bus that is named: its number now, or why it has none. */
        @Override
        public List<String> notes() {
            return bus.note(Roots.SYSTEM).stream().toList();
        }
    }

    /** A channel of a bus switch. */
    public record MuxChannel(int address, int channel) {}

    /** Nothing but published values of other sensors. */
    public record Computed(String describe, List<Input> inputs) implements Source {
        public Computed {
            inputs = List.copyOf(inputs);
        }
    }

    /** A quantity of another sensor. */
    public record Input(ItemId sensor, String quantity) {
        @Override
        public String toString() {
            return sensor + "." + quantity;
        }
    }

    /**
     * A quantity of another sensor that helps this one.
     *
     * @param table where it is named, a table in the sensor's own
     * @param key its key there
     * @param unit the only one that it may be published in
     */
    public record Need(String table, String key, Input input, String unit) {}

    /**
     * A file of sysfs, procfs or elsewhere, named for people.
     *
     * @param cheap whether reading it costs no more than a call of the kernel, so that it may be tried every few seconds
     */
    public record FileLike(String describe, boolean cheap) implements Source {
        /** A file that is cheap to read. */
        public FileLike(String describe) {
            this(describe, true);
        }
    }

    /** A serial port, by the path of its node; two sensors must not share it, and each is read on a thread of its own. */
    public record SerialPort(Path path) implements Source {
        @Override
        public String describe() {
            return path.toString();
        }
    }

    /**
     * A program that is run for each sample.
     *
     * @param obstacle why it may not be run on this machine now
     */
    public record Program(Path path, Supplier<Optional<String>> obstacle) implements Source {
        @Override
        public String describe() {
            return path.toString();
        }

        @Override
        public List<String> notes() {
            return obstacle.get().stream().toList();
        }
    }
}
