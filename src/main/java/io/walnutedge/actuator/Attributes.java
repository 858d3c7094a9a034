package io.walnutedge.actuator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The attributes of sysfs; a seam, because a write there is a deed of the kernel. The thread {@code outputs}. */
interface Attributes {
    /** Without the line end. */
    String read(Path attribute) throws IOException;

    void write(Path attribute, String text) throws IOException;

    boolean isWritable(Path attribute);

    /** Those of the kernel: one write(2) each, and a file that is missing is not made. */
    Attributes KERNEL = new Attributes() {
        @Override
        public String read(Path attribute) throws IOException {
            return Files.readString(attribute).strip();
        }

        @Override
        public boolean isWritable(Path attribute) {
            return Files.isWritable(attribute);
        }

        @Override
        public void write(Path attribute, String text) throws IOException {
            Files.writeString(attribute, text, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        }
    };
}
