package io.walnutedge.demo;

import io.walnutedge.actuator.ActuatorDrivers;
import io.walnutedge.board.Pin;
import io.walnutedge.cli.Cli;
import io.walnutedge.config.SensorsJson;
import io.walnutedge.daemon.Equipment;
import io.walnutedge.gpio.GpioException;
import io.walnutedge.gpio.Lines;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.Problem;
import io.walnutedge.hocon.Problems;
import io.walnutedge.json.JsonException;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.record.Replay;
import io.walnutedge.record.ReplayBoard;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.simulate.SimulatedBoard;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** A board that answers its sensors as a recorded one did; it has no pins. Any thread. */
final class ReplayedEnvironment implements SimulatedEnvironment, AutoCloseable {
    private static final Lines NO_LINES = new Lines() {
        @Override
        public OutputLine output(Pin pin, boolean high) throws GpioException {
            throw new GpioException("a recording has no pins");
        }

        @Override
        public OutputLine kept(Pin pin) throws GpioException {
            throw new GpioException("a recording has no pins");
        }

        @Override
        public InputLine input(Pin pin, Runnable changed) throws GpioException {
            throw new GpioException("a recording has no pins");
        }
    };

    private static final Drivers DRIVERS = Drivers.installed();

    private final Replay replay;
    private final ReplayBoard board;
    private final PlanReader reader;
    private final Consumer<String> told;

    private ReplayedEnvironment(Replay replay, ReplayBoard board, Consumer<String> told) {
        this.replay = replay;
        this.board = board;
        this.reader = new PlanReader(
                DRIVERS,
                ActuatorDrivers.installed(),
                SimulatedBoard::canonicalPin,
                Runtime.getRuntime().maxMemory(),
                board.files());
        this.told = told;
    }

    /** @param told takes, line by line, what of the recording is left out; not to be shown as it is */
    static ReplayedEnvironment of(Replay replay, Consumer<String> told) throws IOException {
        var board = ReplayBoard.create(replay);
        return new ReplayedEnvironment(replay, board, told);
    }

    /** Reads a configuration for this board. */
    PlanReader reader() {
        return reader;
    }

    /** A plan without outputs and inputs, which a recording has not. */
    Plan played(Plan plan) {
        return new Plan(
                plan.device(),
                plan.mqtt(),
                plan.outbox(),
                plan.commands(),
                plan.log(),
                plan.sensors(),
                List.of(),
                List.of(),
                plan.texts());
    }

    /** The sensors of the recording. One with a mistake is left out, and so is one that needs it; the others are played. */
    Plan recorded() throws Cli.Failure {
        var sensors = sensors();
        sensors.refused().forEach(told);
        while (true) {
            var problems = new Problems();
            try {
                return played(reader.read(sensors.settings(problems), problems));
            } catch (ConfigException mistakes) {
                var faulty = sensors.names().stream()
                        .filter(name -> mistakes.problems().stream().anyMatch(problem -> isOf(name, problem)))
                        .toList();
                if (faulty.isEmpty()) {
                    throw new Cli.Failure("the recording's sensors cannot be used");
                }
                mistakes.problems().forEach(problem -> told.accept(problem.path() + ": " + problem.message()));
                sensors = sensors.without(faulty);
            }
        }
    }

    private static boolean isOf(String name, Problem problem) {
        var path = "sensors." + name;
        return problem.path().equals(path) || problem.path().startsWith(path + ".");
    }

    private SensorsJson sensors() throws Cli.Failure {
        try {
            return SensorsJson.read(replay.config(), DRIVERS::isRecorded);
        } catch (JsonException broken) {
            throw new Cli.Failure("the recording has no sensors that can be read: " + broken.getMessage());
        }
    }

    @Override
    public void start() {
        // what it answers does not depend on the time
    }

    @Override
    public Equipment equipment() {
        return new Equipment(board, NO_LINES, name -> {
            throw new IllegalStateException("a recording has no pins");
        });
    }

    @Override
    public boolean isHigh(String pin) {
        return false;
    }

    @Override
    public void close() throws IOException {
        board.close();
    }
}
