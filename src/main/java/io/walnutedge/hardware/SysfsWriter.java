package io.walnutedge.hardware;

import java.io.IOException;
import java.nio.file.Path;

/** Writes an attribute of the GPIO sysfs ABI; a seam, because a write there is a deed of the kernel. Any thread. */
@FunctionalInterface
public interface SysfsWriter {
    /** @throws IOException if the kernel refuses; {@link java.nio.file.AccessDeniedException} where it is permissions */
    void write(Path attribute, String text) throws IOException;
}
