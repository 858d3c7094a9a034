package io.walnutedge.health;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much memory this process uses, as the virtual machine and the kernel know it. Any thread. */
public final class MemoryGauge {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryGauge.class);

    /** proc_pid_status(5): in kB, which are KiB. */
    private static final String RESIDENT = "\nVmRSS:";
    /** cgroups(7), /proc/pid/cgroup: the line of version 2. */
    private static final Pattern GROUP = Pattern.compile("(?m)^0::(/.*)$");

    private final Path proc;
    private final Path groups;

    /** @param groups where the tree of control groups is mounted */
    MemoryGauge(Path proc, Path groups) {
        this.proc = proc;
        this.groups = groups;
    }

    public static MemoryGauge ofProcess() {
        return new MemoryGauge(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
    }

    public Figures.Memory read() {
        var machine = Runtime.getRuntime();
        // of the old generation, where all lives that lives long: "Tenured Gen", "G1 Old Gen"
        var old = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool ->
                        pool.getType() == MemoryType.HEAP && pool.getName().endsWith(" Gen"))
                .findFirst()
                .map(MemoryPoolMXBean::getCollectionUsage);
        return new Figures.Memory(
                machine.totalMemory() - machine.freeMemory(),
                old.map(MemoryUsage::getUsed).filter(bytes -> bytes > 0),
                old.map(MemoryUsage::getMax).filter(bytes -> bytes > 0),
                resident(),
                limit());
    }

    private Optional<Long> resident() {
        var status = read(proc.resolve("self/status"));
        var line = status.indexOf(RESIDENT);
        var unit = status.indexOf(" kB", line);
        return line < 0 || unit < 0
                ? Optional.empty()
                : number(status.substring(line + RESIDENT.length(), unit)).map(kilobytes -> kilobytes * 1024);
    }

    /** Of the group that systemd has put the service into (systemd.resource-control(5), MemoryMax). */
    private Optional<Long> limit() {
        var group = GROUP.matcher(read(proc.resolve("self/cgroup")));
        if (!group.find()) {
            return Optional.empty();
        }
        // the path begins with the slash of the tree's own root
        var file = groups.resolve(group.group(1).substring(1)).resolve("memory.max");
        return number(read(file));
    }

    /** Empty for what is no number, as {@code max}. */
    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.valueOf(text.strip()));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException unreadable) {
            LOG.debug("{} cannot be read", file, unreadable);
            return "";
        }
    }
}
