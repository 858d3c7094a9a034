package io.walnutedge.demo;

import io.walnutedge.cli.Cli;
import io.walnutedge.cli.SoleRun;
import io.walnutedge.cli.TableOptions;
import io.walnutedge.config.BrokerAddress;
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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: any configuration on a simulated board, with what a scenario does to it. */
@Command(
        name = "simulate",
        description = {
            "Run a configuration without a board: its chips answer on the level of their registers, as a scenario"
                    + " says.",
            "Drivers, schedule, MQTT and commands are those of production."
        },
        mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
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
            description = "publish to the configuration's broker; default: to one inside this process, on 127.0.0.1")
    private boolean ownBroker;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "18883",
            description = "of the broker inside; default: ${DEFAULT-VALUE}, or a free one where that is taken")
    private int port;

    @Mixin
    private final TableOptions table = new TableOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var recorded = recording;
        if (recorded != null) {
            return replay(recorded);
        }
        if (file == null) {
            throw new Cli.Failure("simulate needs --config or --replay");
        }
        var plan = new PlanReader(Drivers.installed(), SimulatedBoard::canonicalPin).read(file);
        var made =
                SimulatedBoard.create(plan, Optional.ofNullable(scenario), Optional.ofNullable(seed), System::nanoTime);
        var stage = new Stage(spec, table.plain(), table.span());
        try (var board = new DemoBoard(made.board())) {
            made.missing().forEach(spec.commandLine().getErr()::println);
            play(stage, plan, board);
        } finally {
            stage.end();
        }
        return Cli.OK;
    }

    private int replay(Path recorded) throws Exception {
        if (file == null && ownBroker) {
            throw new Cli.Failure("a recording names no broker: --own-broker needs --config");
        }
        var replay = open(recorded);
        replay.damage().forEach(line -> leftOut(recorded, line));
        var stage = new Stage(spec, table.plain(), table.span());
        try (var board = ReplayScene.of(replay, line -> leftOut(recorded, line))) {
            play(stage, board.plan(file), board);
        } finally {
            stage.end();
        }
        replay.deviations().forEach(this::tell);
        return replay.deviations().isEmpty() ? Cli.OK : Cli.FAILED;
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
        spec.commandLine().getErr().println(Printable.of(line));
    }

    @SuppressWarnings("try") // the lock is held, not asked
    private void play(Stage stage, Plan plan, Scene board) throws Exception {
        if (ownBroker) {
            // at that broker it is the same device as the daemon
            try (var alone = SoleRun.take(plan.outbox().inMemory())) {
                stage.play(DemoBoard.at(plan, plan.mqtt().brokers()), board);
            }
            return;
        }
        try (var broker = EmbeddedBroker.onPort(port)) {
            broker.start();
            stage.play(DemoBoard.at(plan, List.of(BrokerAddress.of(broker.url()))), board);
        }
    }
}
