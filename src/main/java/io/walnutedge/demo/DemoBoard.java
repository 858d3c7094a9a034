package io.walnutedge.demo;

import io.walnutedge.board.Board;
import io.walnutedge.board.Pin;
import io.walnutedge.board.PinException;
import io.walnutedge.board.Pins;
import io.walnutedge.config.BrokerAddress;
import io.walnutedge.config.ConfigException;
import io.walnutedge.daemon.Equipment;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.schedule.SampleClock;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.simulate.SimulatedBoard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The simulated board, as the daemon wants its equipment. Any thread. */
final class DemoBoard implements Scene, AutoCloseable {
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
     * @param broker in place of the one that the file names
     */
    Plan plan(Path file, BrokerAddress broker) throws ConfigException {
        return at(
                new PlanReader(Drivers.installed(), (device, pin) -> "gpio" + pin(pin).sysfs()).read(file),
                List.of(broker));
    }

    /** The same plan with other brokers, and nothing left behind. */
    static Plan at(Plan plan, List<BrokerAddress> brokers) {
        return new Plan(
                plan.device(),
                plan.mqtt().withBrokers(brokers),
                plan.outbox().inMemory(),
                plan.commands(),
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
