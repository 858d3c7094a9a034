package io.walnutedge.config;

import io.walnutedge.reading.SensorId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Section {@code device}: who this board is, and where the kernel's file systems are. Immutable; any thread.
 *
 * @param id in topics and the client id; the host name by default
 * @param sys root of sysfs
 * @param proc root of procfs
 * @param dev root of the device nodes
 */
public record DeviceConfig(String id, Path sys, Path proc, Path dev) {

    public static DeviceConfig from(Settings settings) {
        var id = settings.optionalWord("id").orElseGet(DeviceConfig::hostName);
        if (!SensorId.isValid(id)) {
            settings.problem("id", "'" + id + "' is not an id; accepted: " + SensorId.ACCEPTED);
        }
        var device = new DeviceConfig(
                id,
                Path.of(settings.text("sys-root", "/sys")),
                Path.of(settings.text("proc-root", "/proc")),
                Path.of(settings.text("dev-root", "/dev")));
        settings.finish();
        return device;
    }

    private static String hostName() {
        try {
            var name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            var id = name.replaceFirst("\\..*", "").replaceAll("[^a-z0-9_-]", "-");
            return id.isEmpty() ? "walnutpi" : id;
        } catch (UnknownHostException unnamed) {
            return "walnutpi";
        }
    }
}
