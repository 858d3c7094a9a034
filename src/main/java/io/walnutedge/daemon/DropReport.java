package io.walnutedge.daemon;

import io.walnutedge.outbox.Outbox.Lost;
import io.walnutedge.outbox.log.Loss;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log of readings that the outbox has lost, and why: when that begins, and then at most each ten minutes. One thread. */
final class DropReport {
    private static final Logger LOG = LoggerFactory.getLogger(DropReport.class);
    private static final long PAUSE = Duration.ofMinutes(10).toNanos();

    private final Supplier<Map<Lost, Long>> losses;
    private final Map<Lost, Long> told = new HashMap<>();
    private long toldAt;

    /** @param losses since the start */
    DropReport(Supplier<Map<Lost, Long>> losses) {
        this.losses = losses;
    }

    /** Looks at the counts, and tells what is new. */
    void look(long nowNanos) {
        if (!told.isEmpty() && nowNanos - toldAt < PAUSE) {
            return;
        }
        var fresh = new EnumMap<Loss, Map<String, Long>>(Loss.class);
        losses.get().forEach((lost, count) -> {
            var more = count - told.getOrDefault(lost, 0L);
            if (more > 0) {
                fresh.computeIfAbsent(lost.why(), why -> new TreeMap<>()).put(lost.source(), more);
                told.put(lost, count);
            }
        });
        fresh.forEach((why, sources) -> {
            toldAt = nowNanos;
            LOG.warn("{}, {}", sentence(why), text(sources));
        });
    }

    private static String sentence(Loss why) {
        return switch (why) {
            case FULL -> "the queue is full: the oldest readings were dropped";
            case TOO_OLD -> "readings waited longer than outbox.max-age and were dropped";
            case FILES_GONE -> "readings are lost with files of the outbox that somebody has removed";
            case NOT_CONFIGURED ->
                "readings that waited were dropped, for their quantity is no more in the configuration";
            case UNREADABLE -> "what waited is no reading that this version knows, and was dropped";
            case TOO_LARGE -> "readings were dropped, for a message of their size ends connections";
        };
    }

    private static String text(Map<String, Long> sources) {
        return sources.entrySet().stream()
                .map(entry -> entry.getValue() + " of " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
