package io.walnutedge.daemon;

import io.walnutedge.actuator.ActuatorDriver;
import io.walnutedge.actuator.ActuatorDrivers;
import io.walnutedge.board.Board;
import io.walnutedge.board.Pin;
import io.walnutedge.board.PinException;
import io.walnutedge.board.Pins;
import io.walnutedge.gpio.Lines;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.simulate.SimulatedBoard;
import io.walnutedge.status.StatusSocket;
import io.walnutedge.status.StatusSocketClient;
import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Subscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The real daemon on a simulated board, a real broker, and a client of it that sees what is published; new for each test. For
 * {@link RegisterExtension}.
 */
final class Rig implements BeforeEachCallback, AfterEachCallback {
    static {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
        Awaitility.setDefaultPollDelay(Duration.ZERO);
    }

    private final String filter;
    private final List<String> brokerOptions;
    private ActuatorDrivers actuators = ActuatorDrivers.installed();
    private final AtomicReference<@Nullable Throwable> died = new AtomicReference<>();

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Mosquitto broker;

    @SuppressWarnings("NullAway.Init")
    private Subscriber seen;

    @SuppressWarnings("NullAway.Init")
    private SimulatedBoard board;

    @SuppressWarnings("NullAway.Init")
    private Pins pins;

    private @Nullable Daemon daemon;

    /**
     * @param filter of the topics that the client sees
     * @param brokerOptions lines of mosquitto.conf(5)
     */
    Rig(String filter, String... brokerOptions) {
        this.filter = filter;
        this.brokerOptions = List.of(brokerOptions);
    }

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        directory = Files.createTempDirectory("rig");
        var options = new ArrayList<>(List.of("allow_anonymous true"));
        options.addAll(brokerOptions);
        broker = Mosquitto.start(directory, options.toArray(String[]::new));
        seen = Subscriber.start(broker, filter);
        board = SimulatedBoard.create(System::nanoTime);
        pins = new Pins(Board.detect(board.roots().proc()), board.roots().sys());
    }

    /** Has these types of outputs and no others. */
    Rig with(ActuatorDriver... drivers) {
        actuators = ActuatorDrivers.of(drivers);
        return this;
    }

    /** The daemon's, the broker's and the test's. */
    Path directory() {
        return directory;
    }

    /** What the client has received so far. */
    Subscriber seen() {
        return seen;
    }

    /** Publishes one message with QoS 1. */
    void send(String topic, String payload, String... options) {
        Subscriber.publish(broker, topic, payload, options);
    }

    /** A sensor that reads a file 20 times a second. */
    String sensor(String id, String value, String more) throws IOException {
        var file = Files.writeString(directory.resolve(id), value);
        return "sensors." + id + " { type = file, path = \"" + file + "\", every = 50 ms" + more + " }\n";
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
                plan,
                new Equipment(board.hardware(), lines, this::pin),
                clock,
                Requests.none((thread, error) -> died.set(error)));
        daemon.listen();
        daemon.start();
    }

    /** What {@code walnut-edge status} gets. */
    String status() throws IOException, InterruptedException {
        return StatusSocketClient.ask(
                StatusSocket.socket(directory.resolve("outbox")), StatusSocket.STATUS, Duration.ofSeconds(60));
    }

    /** What {@link #start} would run. */
    Plan plan(String hocon) throws IOException, ConfigException {
        var file = Files.writeString(
                directory.resolve("application.conf"),
                "device.id = t\noutbox.dir = \"" + directory.resolve("outbox") + "\"\nmqtt.broker = \"" + broker.uri()
                        + "\"\n" + hocon);
        return new PlanReader(
                        Drivers.installed(),
                        actuators,
                        (device, pin) -> "gpio" + pin(pin).sysfs(),
                        Runtime.getRuntime().maxMemory(),
                        DeviceFiles.SYSTEM)
                .read(file);
    }

    /** What the service does when the configuration is to be loaded again. */
    void reload(String hocon) throws IOException, InterruptedException {
        var running = Objects.requireNonNull(daemon);
        try {
            running.reloader().reload(plan(hocon));
        } catch (ConfigException mistakes) {
            running.reloader().refuse(mistakes);
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
    public void afterEach(ExtensionContext test) throws IOException {
        stop();
        seen.close();
        board.close();
        broker.close();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        if (died.get() != null) {
            throw new AssertionError("a thread of the daemon died", died.get());
        }
    }
}
