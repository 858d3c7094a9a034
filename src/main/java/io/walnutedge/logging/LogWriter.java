package io.walnutedge.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Owns the thread {@code log}, the only one that may wait for standard error: a terminal that is stopped (Ctrl-S) or a full
 * pipe that nobody reads holds up no other.
 */
final class LogWriter {
    /** How often it is asked what is to be summed up. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private final LineQueue queue;
    private final OutputStream target;
    private final Runnable tick;

    /** @param tick called each second while the target takes what is written; adds to the queue what is due */
    LogWriter(LineQueue queue, OutputStream target, Runnable tick) {
        this.queue = queue;
        this.target = target;
        this.tick = tick;
    }

    void start() {
        var thread = new Thread(this::run, "log");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                var line = queue.take(TICK);
                if (line != null) {
                    write(line);
                }
                tick.run();
            }
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(LineQueue.Line line) throws InterruptedException {
        var written = false;
        try {
            target.write(line.text());
            target.flush();
            written = true;
        } catch (IOException failed) {
            // a full disk, or a reader that has gone: there is no other place to say it, so the line counts as lost
            Thread.sleep(TICK.toMillis());
        } finally {
            queue.done(line, written);
        }
    }
}
