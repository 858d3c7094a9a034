package io.walnutedge.cli;

import io.walnutedge.config.OutboxConfig;
import io.walnutedge.files.FileTrouble;
import io.walnutedge.files.ForeignFilesException;
import io.walnutedge.files.OwnFile;
import io.walnutedge.files.Owner;
import io.walnutedge.state.ProcessLock;
import io.walnutedge.status.StatusSocket;
import io.walnutedge.systemd.Notifier;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One daemon at a time for a state directory: two with one configuration would take the connection, the lines and the files
 * from each other for ever. A second one that somebody starts by hand is refused; a service waits until the first has ended,
 * for nobody may be there to start it again. One thread.
 */
public final class SoleRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SoleRun.class);

    private final @Nullable ProcessLock lock;

    private SoleRun(@Nullable ProcessLock lock) {
        this.lock = lock;
    }

    /** Without a service that could wait. */
    public static SoleRun take(OutboxConfig outbox) throws Cli.Failure, InterruptedException {
        return take(outbox, Optional.empty());
    }

    /**
     * @throws Cli.Failure if another process runs, and this one is no service; also if this one is root's, and the directory
     *     is not
     */
    static SoleRun take(OutboxConfig outbox, Optional<Notifier> service) throws Cli.Failure, InterruptedException {
        var directory = outbox.directory().toAbsolutePath().getParent();
        var said = false;
        while (directory != null) {
            try {
                return new SoleRun(lock(outbox, directory));
            } catch (ProcessLock.HeldException held) {
                var systemd = service.filter(Notifier::isActive)
                        .orElseThrow(() -> new Cli.Failure("another walnut-edge uses the state directory " + directory
                                + ": " + held.holder()
                                + ". Stop that one first (`sudo systemctl stop walnut-edge` if it"
                                + " is the service), or give this one a device.id and an outbox.dir in a directory of"
                                + " its own (also where outbox.enabled = false)"));
                if (!said) {
                    said = true;
                    LOG.warn("{}; waiting until that has ended", held.getMessage());
                    systemd.ready("waiting for " + held.holder() + ", which uses " + directory);
                }
                systemd.alive();
                TimeUnit.SECONDS.sleep(1);
            }
        }
        return new SoleRun(null);
    }

    private static @Nullable ProcessLock lock(OutboxConfig outbox, Path directory)
            throws ProcessLock.HeldException, Cli.Failure {
        try {
            if (outbox.enabled()) {
                OwnFile.ensureDirectory(directory);
            }
            if (!Files.isDirectory(directory)) {
                return null;
            }
            Owner.refuseForRoot(directory, Stream.of(ProcessLock.FILE));
            return ProcessLock.take(directory);
        } catch (ForeignFilesException foreign) {
            throw new Cli.Failure(String.valueOf(foreign.getMessage()));
        } catch (AccessDeniedException another) {
            if (StatusSocket.isBound(StatusSocket.socket(outbox.directory()))) {
                throw new ProcessLock.HeldException(directory, others());
            }
            LOG.warn(
                    "a second walnut-edge would not be noticed: {} may not be used by this user", another.getMessage());
            return null;
        } catch (IOException unusable) {
            LOG.warn(
                    "a second walnut-edge would not be noticed: {}",
                    FileTrouble.ofFile(unusable, directory.resolve(ProcessLock.FILE)));
            return null;
        }
    }

    /** Whose lock cannot be read, its command line can (proc_pid_cmdline(5)). */
    private static String others() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> isRun(List.of(process.info().arguments().orElse(new String[0]))))
                .map(process -> "process " + process.pid())
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(" or "), found -> found.isEmpty() ? "a process of another user" : found));
    }

    private static boolean isRun(List<String> arguments) {
        return arguments.contains("run") && arguments.stream().anyMatch(each -> each.endsWith("walnut-edge.jar"));
    }

    @Override
    public void close() {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException failed) {
            LOG.debug("the lock of the state directory", failed);
        }
    }
}
