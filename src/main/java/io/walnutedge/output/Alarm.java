package io.walnutedge.output;

import io.walnutedge.control.Loop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One timer that is set anew or cancelled. The loop's thread only. */
final class Alarm {
    private final Loop loop;
    private Loop.@Nullable Timer timer;
    private long end;

    Alarm(Loop loop) {
        this.loop = loop;
    }

    void set(Duration delay, Runnable task) {
        cancel();
        end = loop.nanoTime() + delay.toNanos();
        timer = loop.after(delay, () -> {
            timer = null;
            task.run();
        });
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    boolean isSet() {
        return timer != null;
    }

    /** Zero where it is not set. */
    Duration remaining() {
        return timer == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, end - loop.nanoTime()));
    }
}
