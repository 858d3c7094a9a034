package io.walnutedge.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A tmpfs of a test's own, in a mount namespace that a child process holds: without a trace outside, also for a user who is
 * not root. Whoever is to see it is started behind {@link #prefix}. One thread.
 */
final class SmallDisk implements AutoCloseable {
    private final Path mount;
    private final Process holder;
    private final List<String> prefix;

    private SmallDisk(Path mount, Process holder, List<String> prefix) {
        this.mount = mount;
        this.holder = holder;
        this.prefix = prefix;
    }

    /** @param mount a directory */
    static SmallDisk mount(Path mount, long bytes) {
        var errors = new ArrayList<String>();
        // as root with CAP_SYS_ADMIN; else with a user namespace, as user or as a container's root
        // a root that is no mount point, as in a chroot, has no propagation to change
        for (var how : List.of(List.of("-m"), List.of("-m", "--propagation", "unchanged"), List.of("-rm"))) {
            var disk = tryMount(mount, bytes, how, errors);
            if (disk != null) {
                return disk;
            }
        }
        throw new AssertionError("this test mounts a small tmpfs: it needs to be root with CAP_SYS_ADMIN, or a kernel "
                + "that lets users make namespaces (sysctl kernel.unprivileged_userns_clone=1 or "
                + "kernel.apparmor_restrict_unprivileged_userns=0; in a container --security-opt seccomp=unconfined); "
                + errors);
    }

    private static @Nullable SmallDisk tryMount(Path mount, long bytes, List<String> how, List<String> errors) {
        var script =
                "mount -t tmpfs -o size=" + bytes + " walnut-edge-test '" + mount + "' && echo mounted && exec cat";
        try {
            var command = new ArrayList<>(List.of("unshare"));
            command.addAll(how);
            command.addAll(List.of("sh", "-c", script));
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var line = process.inputReader(StandardCharsets.UTF_8).readLine();
            if ("mounted".equals(line)) {
                var prefix = new ArrayList<>(List.of("nsenter", "-t", Long.toString(process.pid()), "-m", "-r", "-w"));
                if (how.contains("-rm")) {
                    prefix.addAll(List.of("-U", "--preserve-credentials"));
                }
                prefix.add("--");
                return new SmallDisk(mount, process, prefix);
            }
            errors.add(String.valueOf(line));
            process.destroyForcibly();
            return null;
        } catch (IOException missing) {
            throw new AssertionError("this test needs unshare and nsenter: apt-get install util-linux", missing);
        }
    }

    /** Starts a command that sees the disk. */
    List<String> prefix() {
        return prefix;
    }

    /** Runs a shell command that sees the disk; {@code $DISK} is where it is. What it said. */
    String run(String script) {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of("sh", "-c", script));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DISK", mount.toString());
        builder.environment().put("LC_ALL", "C");
        try {
            var process = builder.start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(script + ": " + said);
            }
            return said.strip();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Other files take so much. */
    void fill(long bytes) {
        run("head -c " + bytes + " /dev/zero > \"$DISK/other\"");
    }

    /** Other files take all there is. */
    void fillUp() {
        run("cat /dev/zero > \"$DISK/other\" 2>/dev/null; test \"$(df --output=avail \"$DISK\" | tail -n 1)\" -eq 0");
    }

    void removeOthers() {
        run("rm -f \"$DISK/other\"");
    }

    void remount(String option) {
        run("mount -o remount," + option + " \"$DISK\"");
    }

    long free() {
        return 1024
                * Long.parseLong(run("df --output=avail \"$DISK\" | tail -n 1").strip());
    }

    @Override
    public void close() {
        try {
            holder.getOutputStream().close();
            if (!holder.waitFor(10, TimeUnit.SECONDS)) {
                holder.destroyForcibly();
            }
            Files.deleteIfExists(mount);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
