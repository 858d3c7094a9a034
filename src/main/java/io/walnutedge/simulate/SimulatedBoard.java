package io.walnutedge.simulate;

import io.walnutedge.board.Board;
import io.walnutedge.board.Pin;
import io.walnutedge.board.PinException;
import io.walnutedge.board.Pins;
import io.walnutedge.config.DeviceConfig;
import io.walnutedge.hardware.Pi4jHardware;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.plan.Plan;
import io.walnutedge.sensor.files.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Walnut Pi 1B with thermal, hwmon, IIO and 1-wire devices, and either with the chips of a configuration and what a
 * scenario does to them, or with the demonstration's: a BME280 (0x76), a BH1750 (0x23), an ADS1115 (0x48) and an SHT3x
 * (0x44) on I2C bus 1, a door contact at PC10 and a key at PC12 that somebody uses. Its thread {@code simulated-board}
 * moves the values; the methods may be called from any thread.
 */
public final class SimulatedBoard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedBoard.class);
    private static final Duration STEP = Duration.ofMillis(250);
    private static final String PREFIX = "walnut-edge-board";
    private static final int DOOR = 74; // PC10, low while open
    private static final int KEY = 76; // PC12, active-low
    private static final int LED = 77; // PC13, held by gpio-leds
    private static final Set<Integer> HELD = Set.of(LED, 263, 264); // 263 and 264 (PI7, PI8) are I2C bus 1

    private final Path directory;
    private final Map<Integer, Boolean> levels = new HashMap<>();
    private final LongSupplier nanos;
    private final long startedAt;
    private final SimulatedTree tree;
    private final Buses buses;
    private final Map<Integer, Course> people;
    private final SimulatedGpio gpio;
    private final Pi4jHardware hardware;
    private final ScheduledExecutorService mover = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "simulated-board");
        thread.setDaemon(true);
        return thread;
    });

    /** @param people who give levels to lines, high from 0.5 on */
    private SimulatedBoard(
            Path directory,
            LongSupplier nanos,
            long startedAt,
            SimulatedTree tree,
            Buses buses,
            Map<Integer, Course> people) {
        this.directory = directory;
        this.nanos = nanos;
        this.startedAt = startedAt;
        this.tree = tree;
        this.buses = buses;
        this.people = Map.copyOf(people);
        this.gpio = new SimulatedGpio(tree.roots().sys().resolve("class/gpio"), SimulatedTree.MAIN_LINES, HELD);
        this.hardware = Pi4jHardware.simulated(tree.roots(), buses.slaves(), gpio);
    }

    /**
     * Makes the demonstration's board in a temporary directory; its values stand still until {@link #start}.
     *
     * @param nanos a monotonic clock
     */
    public static SimulatedBoard create(LongSupplier nanos) throws IOException {
        // the door opens for 5 s in 20 s; the key is pressed for 1 s in 8 s
        var people = Map.<Integer, Course>of(
                DOOR,
                new Course.Steps(List.of(1.0, 1.0, 1.0, 0.0), 5),
                KEY,
                new Course.Steps(List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0), 1));
        var directory = Files.createTempDirectory(PREFIX);
        var tree = SimulatedTree.plant(directory);
        return moved(new SimulatedBoard(directory, nanos, nanos.getAsLong(), tree, new SimulatedChips(nanos), people));
    }

    private static SimulatedBoard moved(SimulatedBoard board) throws IOException {
        board.move();
        return board;
    }

    /** A board as a plan wants it. */
    public record Made(SimulatedBoard board, List<String> missing) {
        public Made {
            missing = List.copyOf(missing);
        }
    }

    /**
     * Makes a board with the chips of a plan in a temporary directory; its values stand still until {@link #start}.
     *
     * @param nanos a monotonic clock
     * @param scenario a file; without one everything is quiet
     * @param seed of the noise and the faults, in place of the scenario's own
     * @return the board, and what of the plan it cannot simulate, in words
     * @throws ConfigException with every mistake in the scenario
     */
    public static Made create(Plan plan, Optional<Path> scenario, Optional<Long> seed, LongSupplier nanos)
            throws IOException, ConfigException {
        var chips = new SimulatedSensors(plan, nanos);
        var happening = scenario.isPresent()
                ? ScenarioReader.read(scenario.get(), plan, chips, seed)
                : Scenario.quiet(seed.orElse(1L));
        return create(plan, chips, happening, nanos);
    }

    static Made create(Plan plan, SimulatedSensors chips, Scenario scenario, LongSupplier nanos) throws IOException {
        var startedAt = nanos.getAsLong();
        var missing = chips.connect(scenario, startedAt);
        var directory = Files.createTempDirectory(PREFIX);
        var tree = SimulatedTree.plant(directory);
        tree.add(plan, scenario, chips.slaves().keySet(), chips.named());
        var pins = new Pins(Board.detect(tree.roots().proc()), tree.roots().sys());
        var people = new HashMap<Integer, Course>();
        scenario.pins().forEach((pin, course) -> people.put(line(pins, pin), course));
        return new Made(moved(new SimulatedBoard(directory, nanos, startedAt, tree, chips, people)), missing);
    }

    /** The same text for every name of a pin of this board; for the plan, which is read before the board is made. */
    public static String canonicalPin(DeviceConfig device, String pin) {
        try {
            return new Pins(Board.of(SimulatedTree.MODEL), device.sys()).identity(pin);
        } catch (PinException unusable) {
            throw new IllegalArgumentException(unusable.getMessage(), unusable);
        }
    }

    private static int line(Pins pins, String name) {
        try {
            return pins.resolve(name).sysfs();
        } catch (PinException unusable) {
            throw new IllegalArgumentException(unusable.getMessage(), unusable);
        }
    }

    /** Lets the values move. */
    public void start() {
        var unused = mover.scheduleAtFixedRate(this::moveOrStop, STEP.toNanos(), STEP.toNanos(), TimeUnit.NANOSECONDS);
    }

    public Roots roots() {
        return tree.roots();
    }

    /** Closed with the board. */
    public Pi4jHardware hardware() {
        return hardware;
    }

    /** The level on a pin, whoever drives it. */
    public boolean level(Pin pin) {
        return gpio.level(pin.sysfs());
    }

    /** What is connected to a pin gives it a level, until the board's own people use it again. */
    public void drive(Pin pin, boolean high) throws IOException {
        gpio.drive(pin.sysfs(), high);
    }

    private void moveOrStop() {
        try {
            move();
        } catch (IOException failed) {
            LOG.error("the simulated board stands still from now on", failed);
            mover.shutdown();
        }
    }

    /** Everything as it is now. */
    void move() throws IOException {
        var now = nanos.getAsLong() - startedAt;
        tree.update(now);
        buses.update(now);
        for (var each : people.entrySet()) {
            change(each.getKey(), each.getValue().at(now) >= 0.5);
        }
    }

    private void change(int line, boolean high) throws IOException {
        if (!Objects.equals(levels.put(line, high), high)) {
            gpio.drive(line, high);
        }
    }

    /** Also closes the hardware, and deletes the directory. May be called twice. */
    @Override
    public void close() throws IOException {
        if (mover.isTerminated()) {
            return;
        }
        mover.shutdownNow();
        awaitMover();
        hardware.close();
        tree.close();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** A step takes milliseconds. */
    private void awaitMover() {
        try {
            mover.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
