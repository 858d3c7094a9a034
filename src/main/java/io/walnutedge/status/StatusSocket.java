package io.walnutedge.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What both ends of the socket know. Stateless; any thread. */
public final class StatusSocket {
    /** The one question there is. */
    public static final String STATUS = "status";

    /** A question with its line end is at most this long, in bytes. */
    static final int MAX_QUESTION = 64;
    /** An answer is at most this long, in bytes: some 10,000 sensors. */
    static final int MAX_ANSWER = 4 * 1024 * 1024;
    /** A client that takes longer, all together, is left. */
    static final Duration CLIENT_LIMIT = Duration.ofSeconds(5);

    private StatusSocket() {}

    /** The socket: beside the directory of the outbox. */
    public static Path socket(Path outbox) {
        return outbox.resolveSibling("control");
    }

    /** Whether a process has the socket, as the kernel knows it (proc_pid_net(5), unix): also where it may not be asked. */
    public static boolean isBound(Path socket) {
        try {
            return Files.readAllLines(Path.of("/proc/net/unix")).stream().anyMatch(line -> line.endsWith(" " + socket));
        } catch (IOException unknown) {
            // without procfs nobody knows
            return false;
        }
    }
}
