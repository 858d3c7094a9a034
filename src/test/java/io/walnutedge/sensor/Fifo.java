package io.walnutedge.sensor;

import java.nio.file.Path;

/** Makes a FIFO without a writer: opening it for reading blocks for ever. */
public final class Fifo {
    private Fifo() {}

    public static Path in(Path directory) throws Exception {
        var fifo = directory.resolve("fifo");
        var made = new ProcessBuilder("mkfifo", fifo.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (made != 0) {
            throw new IllegalStateException("mkfifo: " + made);
        }
        return fifo;
    }
}
