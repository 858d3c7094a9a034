package io.walnutedge.daemon;

import io.walnutedge.board.Board;
import io.walnutedge.board.Pin;
import io.walnutedge.board.PinException;
import io.walnutedge.board.Pins;
import io.walnutedge.gpio.Lines;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.sampling.SampleClock;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.simulate.SimulatedBoard;
import io.walnutedge.testkit.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The real daemon on a simulated board and a real broker. */
final class Rig implements AutoCloseable {
    static {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
        Awaitility.setDefaultPollDelay(Duration.ZERO);
    }

    private final Path directory;
    private final Mosquitto broker;
    private final SimulatedBoard board;
    private final Pins pins;
    private final AtomicReference<@Nullable Throwable> died = new AtomicReference<>();
    private @Nullable Daemon daemon;

    Rig(Path directory) throws IOException {
        this(directory, Mosquitto.start(directory));
    }

    Rig(Path directory, Mosquitto broker) throws IOException {
        this.directory = directory;
        this.broker = broker;
        this.board = SimulatedBoard.create(System::nanoTime);
        this.pins = new Pins(Board.detect(board.roots().proc()), board.roots().sys());
    }

    Mosquitto broker() {
        return broker;
    }

    SimulatedBoard board() {
        return board;
    }

    /** Starts it as device {@code t}. */
    void start(String hocon) throws IOException, ConfigException, InterruptedException {
        start(hocon, board.hardware());
    }

    /** The same on other lines. */
    void start(String hocon, Lines lines) throws IOException, ConfigException, InterruptedException {
        var plan = plan(hocon);
        var clock = new SampleClock(System::nanoTime, InstantSource.system(), () -> true, "boot");
        daemon = new Daemon(
                plan, new Equipment(board.hardware(), lines, this::pin), clock, (thread, error) -> died.set(error));
        daemon.start();
    }

    private Plan plan(String hocon) throws IOException, ConfigException {
        var file = Files.writeString(
                directory.resolve("application.conf"),
                "device.id = t\noutbox.dir = \"" + directory.resolve("outbox") + "\"\nmqtt.broker = \"" + broker.uri()
                        + "\"\n" + hocon);
        return new PlanReader(Drivers.installed(), (device, pin) -> "gpio" + pin(pin).sysfs()).read(file);
    }

    /** What the service does when the configuration is to be loaded again. */
    void reload(String hocon) throws IOException, InterruptedException {
        var running = Objects.requireNonNull(daemon);
        try {
            running.reload(plan(hocon));
        } catch (ConfigException mistakes) {
            running.refuse(mistakes);
        }
    }

    /** What housekeeping does each second in production. */
    void housekeeping() {
        if (daemon != null) {
            daemon.housekeeping();
        }
    }

    void stop() {
        if (daemon != null) {
            try {
                daemon.stop();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
            daemon = null;
        }
    }

    Pin pin(String name) {
        try {
            return pins.resolve(name);
        } catch (PinException unusable) {
            throw new IllegalArgumentException(unusable.getMessage(), unusable);
        }
    }

    boolean isHigh(String pin) {
        return board.level(pin(pin));
    }

    @Override
    public void close() throws IOException {
        stop();
        board.close();
        broker.close();
        if (died.get() != null) {
            throw new AssertionError("a thread of the daemon died", died.get());
        }
    }
}
