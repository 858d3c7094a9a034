package io.walnutedge.files;

import java.io.IOException;
import java.nio.file.Path;

/** Replaces a file as a whole; a test has one that is slow or fails. */
@FunctionalInterface
public interface FileWriter {
    void replace(Path file, byte[] content) throws IOException;
}
