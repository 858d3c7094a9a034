package io.walnutedge.cli;

import io.walnutedge.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process may open the files and begin the threads that a configuration needs: with fewer, something fails
 * later, somewhere, in words of the virtual machine. Reads procfs and the control groups once. Immutable; one thread.
 */
final class Resources {
    /** Without sensors: the program's own jars, the store, sockets, and a few that are open for a moment. */
    static final int DESCRIPTORS = 54;
    /** Without lines and buses: some 15 of the virtual machine, and our own. */
    static final int THREADS = 36;

    /** A user who may have more is not looked at any closer. */
    private static final int MANY = 2000;

    private static final Path SELF = Path.of("proc/self");

    private final Path root;

    /** @param root {@code /} but for tests */
    Resources(Path root) {
        this.root = root;
    }

    /** @throws Cli.Failure if it is too little for any configuration */
    static void check() throws Cli.Failure {
        new Resources(Path.of("/")).check(0, 0);
    }

    /** @throws Cli.Failure if it is too little for this one */
    static void check(Plan plan) throws Cli.Failure {
        var lines = plan.inputs().size() + plan.outputs().size();
        var sources = new HashSet<String>();
        plan.sensors().forEach(sensor -> sources.add(sensor.plan().source().describe()));
        // a line has a file of its own and one that is watched; each bus, port or set of files has a thread or two
        new Resources(Path.of("/")).check(plan.sensors().size() + 2 * lines, Math.min(sources.size(), 2 * THREADS));
    }

    void check(int moreDescriptors, int moreThreads) throws Cli.Failure {
        var files = DESCRIPTORS + moreDescriptors;
        var mayOpen = limit("Max open files");
        if (mayOpen.isPresent() && mayOpen.getAsLong() < files) {
            throw new Cli.Failure(
                    "this process may open " + mayOpen.getAsLong() + " files and needs " + files + ": `ulimit -n "
                            + files + "`, or LimitNOFILE=" + files + " by `sudo systemctl edit walnut-edge`",
                    Cli.CONFIG);
        }
        var threads = THREADS + moreThreads;
        var mayBegin = threads();
        if (mayBegin.isPresent() && mayBegin.getAsLong() < threads) {
            throw new Cli.Failure("this process may have " + mayBegin.getAsLong() + " threads and needs " + threads
                    + ": raise TasksMax= and LimitNPROC= by `sudo systemctl edit walnut-edge`, `ulimit -u`, or the"
                    + " limit of its container");
        }
    }

    /** The soft one (proc_pid_limits(5)); Java has raised that of files to the hard one. Empty: none, or not known. */
    private OptionalLong limit(String name) {
        for (var line : lines(SELF.resolve("limits"))) {
            if (line.startsWith(name)) {
                return number(line.substring(name.length()).strip().split(" ", 2)[0]);
            }
        }
        return OptionalLong.empty();
    }

    /** How many this process may have, with those it has: in each of its control groups, and of its user. */
    private OptionalLong threads() {
        var left = userLeft();
        for (var group = group(); group != null && group.getNameCount() > 2; group = group.getParent()) {
            var most = number(word(group.resolve("pids.max")));
            var now = number(word(group.resolve("pids.current")));
            if (most.isPresent() && now.isPresent()) {
                left = OptionalLong.of(Math.min(left.orElse(Long.MAX_VALUE), most.getAsLong() - now.getAsLong()));
            }
        }
        return left.isEmpty() ? left : OptionalLong.of(Math.max(0, left.getAsLong()) + count(SELF.resolve("task")));
    }

    /** {@code pids.max} and {@code pids.current} are of the group and all above it (admin-guide/cgroup-v2.rst, PID). */
    private @Nullable Path group() {
        for (var line : lines(SELF.resolve("cgroup"))) {
            if (line.startsWith("0::/")) {
                return Path.of("sys/fs/cgroup").resolve(line.substring("0::/".length()));
            }
        }
        return null;
    }

    /** RLIMIT_NPROC counts the threads of all processes of a user (getrlimit(2)), and none of root's. */
    private OptionalLong userLeft() {
        var most = limit("Max processes");
        var user = uid(SELF);
        if (most.isEmpty() || most.getAsLong() > MANY || user == 0) {
            return OptionalLong.empty();
        }
        try (var processes = Files.list(root.resolve("proc"))) {
            var used = processes
                    .map(root::relativize)
                    .filter(process -> isNumber(process.getFileName().toString()) && uid(process) == user)
                    .mapToLong(process -> count(process.resolve("task")))
                    .sum();
            return OptionalLong.of(most.getAsLong() - used);
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }

    private long uid(Path process) {
        try {
            return ((Integer) Files.getAttribute(root.resolve(process), "unix:uid")).longValue();
        } catch (IOException | UnsupportedOperationException gone) {
            return -1;
        }
    }

    private long count(Path directory) {
        try (var entries = Files.list(root.resolve(directory))) {
            return entries.count();
        } catch (IOException gone) {
            return 0;
        }
    }

    private String word(Path file) {
        return String.join("", lines(file)).strip();
    }

    private List<String> lines(Path file) {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (IOException unknown) {
            return List.of();
        }
    }

    private static OptionalLong number(String text) {
        return isNumber(text) ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,18}");
    }
}
