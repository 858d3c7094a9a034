package io.walnutedge.sensor.serial;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.UserPath;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.files.DeviceFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A port and how bytes go over it, eight bits each. Immutable; any thread. */
record Line(Path port, int baud, Parity parity, int stopBits) {
    static final Set<String> KEYS = Set.of("port", "baud", "parity", "stop-bits");

    /** Of those in include/uapi/asm-generic/termbits.h of the kernel, what sensors use. */
    private static final Set<Integer> BAUDS =
            new TreeSet<>(List.of(1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600));

    private static final int USUAL = 9600;
    private static final Path DEV = Path.of("/dev");

    enum Parity {
        NONE,
        EVEN,
        ODD
    }

    /** 8N1, for devices that have nothing else. */
    static Line of(ConfigTable settings) {
        return new Line(port(settings), baud(settings), Parity.NONE, 1);
    }

    /** With {@code parity} and {@code stop-bits}. */
    static Line ofAny(ConfigTable settings) {
        return new Line(
                port(settings),
                baud(settings),
                settings.choice("parity", Parity.NONE),
                settings.integer("stop-bits", 1, 1, 2));
    }

    /** The port's node where the devices are; another directory than /dev in tests. */
    Path node(Hardware hardware) {
        return port.startsWith(DEV)
                ? hardware.access(DeviceFiles.class)
                        .dev()
                        .resolve(DEV.relativize(port).toString())
                : port;
    }

    private static Path port(ConfigTable settings) {
        var text = settings.text("port");
        var path = UserPath.of(settings, "port", text);
        if (!path.isAbsolute() && !text.isEmpty()) {
            settings.problem("port", "'" + text + "' must be a path, as in /dev/ttyS1 or /dev/serial/by-id/...");
        }
        return path;
    }

    private static int baud(ConfigTable settings) {
        var baud = settings.integer("baud", USUAL, 1, Integer.MAX_VALUE);
        if (!BAUDS.contains(baud)) {
            settings.problem("baud", baud + " is none that a port has; accepted: " + BAUDS);
            return USUAL;
        }
        return baud;
    }
}
