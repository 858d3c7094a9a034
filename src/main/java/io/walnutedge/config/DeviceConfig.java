package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.UserPath;
import io.walnutedge.reading.ItemId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Section {@code device}: who this board is, and where the kernel's file systems are. Immutable; any thread.
 *
 * @param id in topics and the client id; the host name by default
 * @param name for people; made from the id where there is none
 * @param mark eight hex digits that tell this machine from others of the same id; empty where nothing does
 * @param sys root of sysfs
 * @param proc root of procfs
 * @param dev root of the device nodes
 */
public record DeviceConfig(String id, Optional<String> name, String mark, Path sys, Path proc, Path dev) {
    private static final String UNNAMED = "walnutpi";

    /** Without a name. */
    public DeviceConfig(String id, String mark, Path sys, Path proc, Path dev) {
        this(id, Optional.empty(), mark, sys, proc, dev);
    }

    public static DeviceConfig from(ConfigTable settings) {
        var sys = UserPath.read(settings, "sys-root", Path.of("/sys"));
        var proc = UserPath.read(settings, "proc-root", Path.of("/proc"));
        var id = settings.optionalWord("id").orElseGet(() -> hostName(proc));
        if (!ItemId.isValid(id)) {
            settings.problem("id", "'" + id + "' is not an id; accepted: " + ItemId.ACCEPTED);
        }
        var device = new DeviceConfig(
                id,
                settings.optionalText("name"),
                MachineMark.of(sys, Path.of("/etc")),
                sys,
                proc,
                UserPath.read(settings, "dev-root", Path.of("/dev")));
        settings.finish();
        return device;
    }

    /** Of this board and no other, {@code a-z 0-9 _ -}: its id with its mark, or without where nothing marks it. */
    public String uid() {
        return mark.isEmpty() ? id : id + "-" + mark;
    }

    /** Asked of the kernel (proc(5), sys/kernel/hostname): a resolver could keep us waiting when there is no network yet. */
    private static String hostName(Path proc) {
        try {
            var name = Files.readString(proc.resolve("sys/kernel/hostname"))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            var id = name.replaceFirst("\\..*", "").replaceAll("[^a-z0-9_-]", "-");
            return id.isEmpty() ? UNNAMED : id;
        } catch (IOException none) {
            return UNNAMED;
        }
    }
}
