package io.walnutedge.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The log's way out: makes text of an event on the thread that logs, for its arguments may change later, leaves out what
 * is said again and again, and hands the rest to a {@link LogWriter}. Any thread; none waits.
 */
final class QueueAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final LineFormat format;
    private final LineQueue queue;
    private final Repeats repeats;
    private final LogWriter writer;

    QueueAppender(LineFormat format, OutputStream target, LongSupplier nanoTime) {
        this.format = format;
        this.queue =
                new LineQueue(lost -> bytes(Level.WARN, lost + " log lines were lost: they were not taken in time"));
        this.repeats = new Repeats(nanoTime);
        this.writer = new LogWriter(queue, target, () -> offer(repeats.due()));
    }

    @Override
    public void start() {
        writer.start();
        super.start();
    }

    /** At DEBUG somebody looks for something, and wants each line. */
    @Override
    protected void append(ILoggingEvent event) {
        if (!event.getLevel().isGreaterOrEqual(Level.INFO)) {
            offer(format.format(event));
            return;
        }
        repeats.judge(Said.of(event)).ifPresent(remark -> offer(format.format(event, remark)));
    }

    private void offer(Iterable<Repeats.Told> due) {
        due.forEach(told -> queue.offer(bytes(told.level(), told.text())));
    }

    private void offer(String lines) {
        queue.offer(lines.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] bytes(Level level, String text) {
        return format.format(level, Instant.now(), text).getBytes(StandardCharsets.UTF_8);
    }

    LineQueue queue() {
        return queue;
    }

    /** Tells what is still counted, and waits until all is written; false if the time is over before. */
    boolean finish(Duration atMost) throws InterruptedException {
        offer(repeats.rest());
        return queue.awaitEmpty(atMost);
    }
}
