package io.walnutedge.control;

import io.walnutedge.timing.Backoff;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tries something again after a pause that doubles from 1 s to 60 s. The loop's thread only. */
public final class Retry {
    private final Loop loop;
    private final Runnable attempt;
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
    private Loop.@Nullable Timer timer;

    public Retry(Loop loop, Runnable attempt) {
        this.loop = loop;
        this.attempt = attempt;
    }

    /** Schedules the next attempt in place of one that waits, and answers the pause before it. */
    public Duration schedule() {
        cancel();
        var pause = Duration.ofNanos(backoff.next());
        timer = loop.after(pause, attempt);
        return pause;
    }

    /** The next pause is the first one again. */
    public void succeeded() {
        backoff.reset();
    }

    public void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
