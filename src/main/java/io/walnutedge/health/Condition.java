package io.walnutedge.health;

import java.time.Duration;

/**
 * Something that is wrong once it has been bad for a while, and right again once it has been good for a while; what is
 * neither changes nothing, so that a figure at its limit does not flap. One thread.
 */
final class Condition {
    enum Level {
        GOOD,
        BETWEEN,
        BAD;

        /** Of a figure that is bad at or above one limit, and good below another. */
        static Level of(double figure, double good, double bad) {
            return figure >= bad ? BAD : figure < good ? GOOD : BETWEEN;
        }

        Level or(Level other) {
            return compareTo(other) > 0 ? this : other;
        }
    }

    private final long begin;
    private final long end;
    private boolean wrong;
    /** Since when the level has been the one that leads to a change. */
    private long since;

    private boolean counting;

    Condition(Duration begin, Duration end) {
        this.begin = begin.toNanos();
        this.end = end.toNanos();
    }

    /** Takes the level of now; true where that has changed whether it is wrong. */
    boolean look(long nowNanos, Level level) {
        if (level != (wrong ? Level.GOOD : Level.BAD)) {
            counting = false;
            return false;
        }
        if (!counting) {
            counting = true;
            since = nowNanos;
        }
        if (nowNanos - since < (wrong ? end : begin)) {
            return false;
        }
        wrong = !wrong;
        counting = false;
        return true;
    }

    boolean isWrong() {
        return wrong;
    }
}
