package io.walnutedge.simulate;

import io.walnutedge.board.Pin;
import io.walnutedge.hardware.Pi4jHardware;
import io.walnutedge.sensor.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Walnut Pi 1B with a BME280 (0x76), a BH1750 (0x23), an ADS1115 (0x48) and an SHT3x (0x44) on I2C bus 1, thermal,
 * hwmon, IIO and 1-wire devices, a door contact at PC10 and a key at PC12 that somebody uses. Its thread
 * {@code simulated-board} moves the values; the methods may be called from any thread.
 */
public final class SimulatedBoard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedBoard.class);
    private static final Duration STEP = Duration.ofMillis(250);
    private static final int DOOR = 74; // PC10, low while open
    private static final int KEY = 76; // PC12, active-low
    private static final int LED = 77; // PC13, held by gpio-leds
    private static final Set<Integer> HELD = Set.of(LED, 263, 264); // 263 and 264 (PI7, PI8) are I2C bus 1

    private final Path directory;
    private final Map<Integer, Boolean> people = new HashMap<>();
    private final LongSupplier nanos;
    private final long startedAt;
    private final SimulatedTree tree;
    private final SimulatedChips chips;
    private final SimulatedGpio gpio;
    private final Pi4jHardware hardware;
    private final ScheduledExecutorService mover = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "simulated-board");
        thread.setDaemon(true);
        return thread;
    });

    private SimulatedBoard(Path directory, LongSupplier nanos, SimulatedTree tree) {
        this.directory = directory;
        this.nanos = nanos;
        this.startedAt = nanos.getAsLong();
        this.tree = tree;
        this.chips = new SimulatedChips(nanos);
        this.gpio = new SimulatedGpio(tree.roots().sys().resolve("class/gpio"), SimulatedTree.MAIN_LINES, HELD);
        this.hardware = Pi4jHardware.simulated(tree.roots(), chips.slaves(), gpio);
    }

    /**
     * Makes the board in a temporary directory; its values stand still until {@link #start}.
     *
     * @param nanos a monotonic clock
     */
    public static SimulatedBoard create(LongSupplier nanos) throws IOException {
        var directory = Files.createTempDirectory("walnut-edge-board");
        var board = new SimulatedBoard(directory, nanos, SimulatedTree.plant(directory));
        board.move();
        return board;
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
        chips.update(now);
        var second = TimeUnit.NANOSECONDS.toSeconds(now);
        // the door opens for 5 s in 20 s; the key is pressed for 1 s in 8 s
        change(DOOR, second % 20 < 15);
        change(KEY, second % 8 != 7);
    }

    private void change(int line, boolean high) throws IOException {
        if (!Objects.equals(people.put(line, high), high)) {
            gpio.drive(line, high);
        }
    }

    /** Also closes the hardware, and deletes the directory. */
    @Override
    public void close() throws IOException {
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
