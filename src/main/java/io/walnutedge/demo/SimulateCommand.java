package io.walnutedge.demo;

import io.walnutedge.cli.Cli;
import io.walnutedge.cli.CliCommand;
import io.walnutedge.cli.SoleRun;
import io.walnutedge.cli.TableOptions;
import io.walnutedge.config.BrokerAddress;
import io.walnutedge.config.OwnIdentity;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.Problems;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.record.Replay;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.simulate.SimulatedBoard;
import io.walnutedge.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simulate}: any configuration on a simulated board, with what a scenario does to it. */
@Command(
        name = "simulate",
        description = {
            "Run a configuration without a board: its chips answer on the level of their registers, as a scenario"
                    + " says.",
            "Drivers, schedule, MQTT and commands are those of production."
        })
public final class SimulateCommand extends CliCommand {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "the configuration; of a recording, instead of its own")
    private @Nullable Path file;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "answer as in a recording of run --record or read --record, in place of a simulated board")
    private @Nullable Path recording;

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "what happens to the chips, files and pins; default: nothing unusual")
    private @Nullable Path scenario;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "of noise and faults; default: the scenario's")
    private @Nullable Long seed;

    @Option(
            names = "--own-broker",
            description =
                    "publish to the configuration's broker, as <device>-simulation and below topics of that name, so"
                            + " that nothing is taken for the board's; default: to a broker inside this process, on"
                            + " 127.0.0.1")
    private boolean ownBroker;

    @Option(
            names = "--as-the-board",
            description = "with --own-broker: under the board's own names and on its own topics, in its place")
    private boolean asTheBoard;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "18883",
            description = "of the broker inside; default: ${DEFAULT-VALUE}, or a free one where that is taken")
    private int port;

    @Mixin
    private final TableOptions table = new TableOptions();

    @Override
    public Integer call() throws Exception {
        var recorded = recording;
        if (asTheBoard && !ownBroker) {
            throw new Cli.Failure("--as-the-board needs --own-broker: the broker inside has no board");
        }
        if (recorded != null) {
            return replay(recorded);
        }
        if (file == null) {
            throw new Cli.Failure("simulate needs --config or --replay");
        }
        var plan = plan(new PlanReader(Drivers.installed(), SimulatedBoard::canonicalPin), file);
        var made =
                SimulatedBoard.create(plan, Optional.ofNullable(scenario), Optional.ofNullable(seed), System::nanoTime);
        var stage = stage();
        try (var board = new DemoBoard(made.board())) {
            made.missing().forEach(err()::println);
            play(stage, plan, board);
        } finally {
            stage.end();
        }
        return Cli.OK;
    }

    /** At a broker that others are at, too, it is not the board, unless it is told to be. */
    private Plan plan(PlanReader reader, Path config) throws ConfigException {
        if (!ownBroker || asTheBoard) {
            return reader.read(config);
        }
        var problems = new Problems();
        var plan = reader.read(OwnIdentity.open(config, problems), problems);
        tell("this is not the board but '" + plan.device().id()
                + "', below topics of that name; --as-the-board takes those" + " of the board");
        return plan;
    }

    private int replay(Path recorded) throws Exception {
        if (file == null && ownBroker) {
            throw new Cli.Failure("a recording names no broker: --own-broker needs --config");
        }
        var replay = open(recorded);
        replay.damage().forEach(line -> leftOut(recorded, line));
        var stage = stage();
        try (var board = ReplayedEnvironment.of(replay, line -> leftOut(recorded, line))) {
            play(stage, file == null ? board.recorded() : board.played(plan(board.reader(), file)), board);
        } finally {
            stage.end();
        }
        replay.deviations().forEach(this::tell);
        return replay.deviations().isEmpty() ? Cli.OK : Cli.FAILED;
    }

    private DemoRunner stage() {
        return new DemoRunner(out(), err(), table.plain(), table.span(), !asTheBoard);
    }

    private static Replay open(Path recorded) throws Cli.Failure {
        try {
            return Replay.open(recorded);
        } catch (IOException unusable) {
            throw new Cli.Failure(String.valueOf(unusable.getMessage()));
        }
    }

    private void leftOut(Path recorded, String what) {
        tell(recorded + ": left out: " + what);
    }

    /** The text may be a stranger's. */
    private void tell(String line) {
        err().println(Printable.of(line));
    }

    @SuppressWarnings("try") // the lock is held, not asked
    private void play(DemoRunner stage, Plan plan, SimulatedEnvironment board) throws Exception {
        if (ownBroker) {
            // it may be the same device as the daemon there
            try (var alone = SoleRun.take(plan.outbox().inMemory())) {
                stage.play(DemoBoard.at(plan, plan.mqtt().connection().brokers()), board);
            }
            return;
        }
        try (var broker = EmbeddedBroker.onPort(port)) {
            broker.start();
            stage.play(DemoBoard.at(plan, List.of(BrokerAddress.of(broker.url()))), board);
        }
    }
}
