package io.walnutedge.sensor.files;

import java.nio.file.Path;

/** Where the kernel's file systems are mounted; a setting, so that tests and the demo can bring their own. */
public record Roots(Path sys, Path proc, Path dev) {
    public static final Roots SYSTEM = new Roots(Path.of("/sys"), Path.of("/proc"), Path.of("/dev"));
}
