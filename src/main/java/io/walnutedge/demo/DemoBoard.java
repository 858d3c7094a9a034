package io.walnutedge.demo;

import io.walnutedge.board.Board;
import io.walnutedge.board.Pin;
import io.walnutedge.board.PinException;
import io.walnutedge.board.Pins;
import io.walnutedge.config.BrokerAddress;
import io.walnutedge.config.CommandWord;
import io.walnutedge.daemon.Equipment;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.simulate.SimulatedBoard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The simulated board, as the daemon wants its equipment. Any thread. */
final class DemoBoard implements SimulatedEnvironment, AutoCloseable {
    private final SimulatedBoard board;
    private final Pins pins;

    /** Closes the board with itself. */
    DemoBoard(SimulatedBoard board) {
        this.board = board;
        this.pins = new Pins(Board.detect(board.roots().proc()), board.roots().sys());
    }

    /** @throws IOException if its files cannot be made */
    static DemoBoard ofDemonstration() throws IOException {
        return new DemoBoard(SimulatedBoard.create(System::nanoTime));
    }

    @Override
    public void start() {
        board.start();
    }

    /**
     * A plan for this board.
     *
     * @param file null for the one that the program brings with it
     * @param broker in place of the one that it names
     */
    Plan plan(@Nullable Path file, BrokerAddress broker) throws ConfigException, IOException {
        var reader = new PlanReader(Drivers.installed(), (device, pin) -> "gpio" + pin(pin).sysfs());
        if (file != null) {
            return at(reader.read(file), List.of(broker));
        }
        var problems = new Problems();
        return at(reader.read(ConfigFile.parse(shipped(), problems), problems), List.of(broker));
    }

    private static String shipped() throws IOException {
        try (var text = Objects.requireNonNull(DemoBoard.class.getResourceAsStream("demo.conf"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The same plan with other brokers, nothing left behind, and without what only a service can be told. */
    static Plan at(Plan plan, List<BrokerAddress> brokers) {
        return new Plan(
                plan.device(),
                plan.mqtt().withBrokers(brokers),
                plan.outbox().inMemory(),
                plan.commands().without(Set.of(CommandWord.RELOAD, CommandWord.RESTART)),
                plan.log(),
                plan.sensors(),
                plan.inputs(),
                plan.outputs(),
                plan.texts());
    }

    @Override
    public Equipment equipment() {
        return new Equipment(board.hardware(), board.hardware(), this::pin);
    }

    /** The clocks of this machine; the demonstration takes its time for right. */
    static SampleClock clock() {
        return new SampleClock(System::nanoTime, InstantSource.system(), () -> true, "");
    }

    @Override
    public boolean isHigh(String pin) {
        return board.level(pin(pin));
    }

    private Pin pin(String name) {
        try {
            return pins.resolve(name);
        } catch (PinException unusable) {
            throw new IllegalArgumentException(unusable.getMessage(), unusable);
        }
    }

    @Override
    public void close() throws IOException {
        board.close();
    }
}
