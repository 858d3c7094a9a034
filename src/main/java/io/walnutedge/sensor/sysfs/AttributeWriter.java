package io.walnutedge.sensor.sysfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes an attribute of sysfs; a seam, because a write there is a deed of the kernel. Stateless; any thread. */
@FunctionalInterface
interface AttributeWriter {
    /** @throws IOException if the kernel refuses; {@link java.nio.file.AccessDeniedException} where it is permissions */
    void write(Path attribute, String text) throws IOException;

    /** That of the kernel: one write(2), and a file that is missing is not made. */
    AttributeWriter KERNEL = (attribute, text) ->
            Files.writeString(attribute, text, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
}
