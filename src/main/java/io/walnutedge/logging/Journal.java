package io.walnutedge.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether standard error goes to journald. Stateless; any thread. */
public final class Journal {
    private Journal() {}

    /** What begins an error's line on standard error: sd-daemon(3)'s SD_ERR where that is the journal, else nothing. */
    public static String errorMark() {
        return isStandardError() ? "<3>" : "";
    }

    static boolean isStandardError() {
        return is(System.getenv().getOrDefault("JOURNAL_STREAM", ""), Path.of("/proc/self/fd/2"));
    }

    /**
     * Whether {@code file} is the stream.
     *
     * @param stream device and inode as {@code 8:1234} (systemd.exec(5), {@code $JOURNAL_STREAM}): the variable alone says
     *     nothing, because what a service starts inherits it and may write elsewhere
     */
    static boolean is(String stream, Path file) {
        if (stream.isEmpty()) {
            return false;
        }
        try {
            return stream.equals(Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino"));
        } catch (IOException | UnsupportedOperationException unknown) {
            // closed, or no procfs: a plain log is right everywhere
            return false;
        }
    }
}
