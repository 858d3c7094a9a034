package io.walnutedge.control;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tries something again after a pause that doubles from 1 s to 60 s. The loop's thread only. */
public final class Retry {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Loop loop;
    private final Runnable attempt;
    private Duration pause = FIRST;
    private Loop.@Nullable Timer timer;

    public Retry(Loop loop, Runnable attempt) {
        this.loop = loop;
        this.attempt = attempt;
    }

    /** Schedules the next attempt in place of one that waits, and answers the pause before it. */
    public Duration schedule() {
        cancel();
        var now = pause;
        timer = loop.after(now, attempt);
        pause = now.multipliedBy(2).compareTo(LONGEST) < 0 ? now.multipliedBy(2) : LONGEST;
        return now;
    }

    /** The next pause is the first one again. */
    public void succeeded() {
        pause = FIRST;
    }

    public void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
