package io.walnutedge.hardware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;

/**
 * How the lines reach sysfs. Immutable; any thread.
 *
 * @param root {@code /sys/class/gpio}
 * @param nanos a monotonic clock
 */
record GpioSysfs(Path root, SysfsWriter writer, Pause pause, LongSupplier nanos) {

    static GpioSysfs kernel(Path root, Pause pause) {
        return new GpioSysfs(root, GpioSysfs::toKernel, pause, System::nanoTime);
    }

    /** Neither creates nor truncates: an attribute is there or is not. */
    private static void toKernel(Path attribute, String text) throws IOException {
        Files.writeString(attribute, text, StandardOpenOption.WRITE);
    }
}
