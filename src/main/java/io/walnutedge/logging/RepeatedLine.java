package io.walnutedge.logging;

import ch.qos.logback.classic.Level;
import java.time.Duration;

/** A line that may be said again: when it was told, and how often it was not. Under the lock of {@link Repeats}. */
final class RepeatedLine {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    /** After each time that it was told, the last one over and over: who does a thing twice sees it twice. */
    private static final long[] PAUSES = {10 * SECOND, MINUTE, 10 * MINUTE, HOUR};

    private Said latest;
    private long saidAt;
    private long toldAt;
    private long notBefore;
    private int pause;
    private long counted;

    RepeatedLine(Said first, long now) {
        latest = first;
        saidAt = now;
        tell(now);
    }

    private void tell(long now) {
        toldAt = now;
        notBefore = now + PAUSES[pause];
        pause = Math.min(pause + 1, PAUSES.length - 1);
        counted = 0;
    }

    /** It is said again; {@link #take} or {@link #isDue} tells it. */
    void say(Said said, long now) {
        if (now - saidAt >= HOUR) {
            pause = 0;
            notBefore = Math.min(notBefore, now);
        }
        latest = said;
        saidAt = now;
        counted++;
    }

    boolean isQuiet(long now, long forAtLeast) {
        return counted == 0 && now - saidAt >= forAtLeast;
    }

    boolean isCounted() {
        return counted > 0;
    }

    /** Whether it was said since it was told, and may be told again. */
    boolean isDue(long now) {
        return counted > 0 && now - notBefore >= 0;
    }

    long counted() {
        return counted;
    }

    long saidAt() {
        return saidAt;
    }

    Level level() {
        return latest.level();
    }

    String text() {
        return latest.text();
    }

    /** It is told now: what stands behind it. */
    String take(long now) {
        var times = counted > 1 ? counted + " times in the last " + span(now - toldAt) : "";
        var ago = now - saidAt >= SECOND ? span(now - saidAt) + " ago" : "";
        tell(now);
        if (times.isEmpty() && ago.isEmpty()) {
            return "";
        }
        return " (" + times + (times.isEmpty() || ago.isEmpty() ? "" : ", the last one ") + ago + ")";
    }

    private static String span(long nanos) {
        if (nanos < 2 * MINUTE) {
            return (nanos + SECOND / 2) / SECOND + " s";
        }
        return nanos < 2 * HOUR ? (nanos + MINUTE / 2) / MINUTE + " min" : (nanos + HOUR / 2) / HOUR + " h";
    }
}
