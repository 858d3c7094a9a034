package io.walnutedge.logging;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lines on their way to standard error, in order and bounded. Who logs never waits: a line that finds no room is counted,
 * and the count is told in the place of what is missing. Any thread; one takes.
 */
final class LineQueue {
    /** A minute of a busy log at DEBUG; of the smallest heap, 48 MiB, a two-hundredth. */
    static final int MOST_BYTES = 256 * 1024;
    /** What a waiting line costs besides its text. */
    private static final int OVERHEAD = 64;

    /** @param lines how many it stands for: more than one where it tells of others that were lost */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Line(byte[] text, long lines) {
        int size() {
            return text.length + OVERHEAD;
        }
    }

    private final ArrayDeque<Line> waiting = new ArrayDeque<>();
    private final LongFunction<byte[]> loss;
    private int bytes;
    private long lost;
    private boolean busy;

    /** @param loss the line that tells of so many that were lost */
    LineQueue(LongFunction<byte[]> loss) {
        this.loss = loss;
    }

    /** Adds a line or counts it; never waits for the one who takes. */
    synchronized void offer(byte[] text) {
        var line = new Line(text, 1);
        // behind a loss, not before half of it is free: else every second line would tell of the one before it
        if (lost > 0 ? bytes > MOST_BYTES / 2 : !waiting.isEmpty() && bytes + line.size() > MOST_BYTES) {
            lost++;
            return;
        }
        tellLoss();
        add(line);
    }

    private void tellLoss() {
        if (lost > 0) {
            add(new Line(loss.apply(lost), lost));
            lost = 0;
        }
    }

    private void add(Line line) {
        waiting.add(line);
        bytes += line.size();
        notifyAll();
    }

    /** The next line, or null if none comes in time; until {@link #done} it counts as on its way. */
    @SuppressWarnings("WaitNotInLoop") // the caller loops
    synchronized @Nullable Line take(Duration atMost) throws InterruptedException {
        if (waiting.isEmpty()) {
            tellLoss();
        }
        if (waiting.isEmpty()) {
            wait(atMost.toMillis());
        }
        var line = waiting.poll();
        if (line != null) {
            bytes -= line.size();
            busy = true;
        }
        return line;
    }

    /** The line that was taken is written, or could not be. */
    synchronized void done(Line line, boolean written) {
        busy = false;
        if (!written) {
            lost += line.lines();
        }
        notifyAll();
    }

    /** Waits until all is written; false if the time is over before. */
    synchronized boolean awaitEmpty(Duration atMost) throws InterruptedException {
        var until = System.nanoTime() + atMost.toNanos();
        while (busy || !waiting.isEmpty() || lost > 0) {
            var left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            // never 0, which would wait for ever
            wait(left / 1_000_000 + 1);
        }
        return true;
    }
}
