package io.walnutedge.daemon;

import io.walnutedge.outbox.Outbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log of readings that the outbox had to drop: when that begins, and then at most each ten minutes. One thread. */
final class DropReport {
    private static final Logger LOG = LoggerFactory.getLogger(DropReport.class);
    private static final long PAUSE = Duration.ofMinutes(10).toNanos();

    private final Outbox outbox;
    private final Map<String, Long> told = new HashMap<>();
    private long toldAt;

    DropReport(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Looks at the counts, and tells what is new. */
    void look(long nowNanos) {
        if (!told.isEmpty() && nowNanos - toldAt < PAUSE) {
            return;
        }
        var fresh = new TreeMap<String, Long>();
        outbox.counts().dropped().forEach((source, count) -> {
            var more = count - told.getOrDefault(source, 0L);
            if (more > 0) {
                fresh.put(source, more);
                told.put(source, count);
            }
        });
        if (!fresh.isEmpty()) {
            toldAt = nowNanos;
            LOG.warn(
                    "the queue is full: the oldest readings were dropped, {}",
                    fresh.entrySet().stream()
                            .map(entry -> entry.getValue() + " of " + entry.getKey())
                            .collect(Collectors.joining(", ")));
        }
    }
}
