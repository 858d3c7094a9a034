package io.walnutedge.cli;

import io.walnutedge.config.OutboxConfig;
import io.walnutedge.daemon.Daemon;
import io.walnutedge.daemon.Equipment;
import io.walnutedge.daemon.Service;
import io.walnutedge.files.ForeignFilesException;
import io.walnutedge.files.Owner;
import io.walnutedge.health.Release;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.logging.LogSetup;
import io.walnutedge.plan.Plan;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.state.ProcessLock;
import io.walnutedge.systemd.ClockSync;
import io.walnutedge.systemd.Notifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run}: the daemon, until SIGTERM or SIGINT. */
@Command(
        name = "run",
        description = {
            "Run the daemon until SIGTERM or SIGINT (Ctrl-C).",
            "SIGHUP loads the configuration again: only what was changed is touched."
        },
        footer = {
            "",
            "Exit status: 143 stopped by SIGTERM, 130 by SIGINT, 75 a command asked for a restart, 1 failed,",
            "or refused because the files there are another user's, 78 the configuration has mistakes."
        })
public final class RunCommand extends CliCommand {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Mixin
    private final ConfigOption config;

    @Mixin
    private final RecordOption record = new RecordOption();

    /** For picocli to fill in. */
    RunCommand() {
        this.config = new ConfigOption();
    }

    RunCommand(Path config) {
        this.config = new ConfigOption(config);
    }

    @Override
    public Integer call() throws Exception {
        var plan = load();
        refuseForeignFiles(plan.outbox());
        LOG.info("walnut-edge {} with {}", Release.version(), config.file());
        var systemd = Notifier.ofProcess();
        var service = new Service(systemd, this::load);
        Thread.setDefaultUncaughtExceptionHandler(service::fatal);
        Resources.check(plan);
        var alone = SoleRun.take(plan.outbox(), Optional.of(systemd));
        HangUp.handle(service::reload);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, ended), "shutdown"));
        try (alone;
                record;
                var board = BoardPins.hardware(plan.device())) {
            var equipment =
                    new Equipment(record.around(board, config.file()), board, BoardPins.resolver(plan.device()));
            if (!service.run(new Daemon(plan, equipment, clock(plan.device().proc()), service.requests()))) {
                return Cli.FAILED;
            }
            return service.isRestart() ? Cli.RESTART : Cli.OK;
        } finally {
            ended.countDown();
        }
    }

    /** Before anything is written. */
    private static void refuseForeignFiles(OutboxConfig outbox) throws Cli.Failure {
        var directory = outbox.directory().toAbsolutePath();
        var parent = directory.getParent();
        if (!outbox.enabled() || parent == null) {
            return;
        }
        try {
            Owner.refuseForRoot(
                    parent,
                    Stream.of(
                            String.valueOf(directory.getFileName()),
                            "state",
                            "state.new",
                            "control",
                            ProcessLock.FILE));
        } catch (ForeignFilesException foreign) {
            throw new Cli.Failure(String.valueOf(foreign.getMessage()));
        } catch (IOException unknown) {
            LOG.debug("whose {} is cannot be found out", directory, unknown);
        }
    }

    private Plan load() throws ConfigException {
        var plan = config.planForThisBoard();
        LogSetup.level(plan.log().level());
        return plan;
    }

    /** The clocks of this machine. */
    static SampleClock clock(Path proc) {
        return new SampleClock(System::nanoTime, InstantSource.system(), new ClockSync(System::nanoTime), bootId(proc));
    }

    private static String bootId(Path proc) {
        try {
            return Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException none) {
            LOG.debug("no boot id", none);
            return "";
        }
    }

    /** The shutdown hook: the virtual machine ends when it returns. */
    private static void stop(Service service, CountDownLatch ended) {
        service.stop();
        try {
            if (!ended.await(Daemon.STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.error("still not stopped after {} s; ending anyway", Daemon.STOP_LIMIT.toSeconds());
            }
            LogSetup.finish();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
