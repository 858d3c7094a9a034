package io.walnutedge.output;

import io.walnutedge.control.Loop;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One timer that is set anew or cancelled. The loop's thread only. */
final class Alarm {
    private final Loop loop;
    private Loop.@Nullable Timer timer;
    private Setting setting = new Setting(0, () -> {});

    /**
     * What it is set to; immutable.
     *
     * @param end on the monotonic clock, in nanoseconds
     */
    record Setting(long end, Runnable task) {}

    Alarm(Loop loop) {
        this.loop = loop;
    }

    void set(Duration delay, Runnable task) {
        set(new Setting(loop.nanoTime() + delay.toNanos(), task));
    }

    /** One whose end has passed goes off at once. */
    void set(Setting to) {
        cancel();
        setting = to;
        timer = loop.after(remaining(to), () -> {
            timer = null;
            to.task.run();
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

    /** What it is, or was, set to. */
    Setting latest() {
        return setting;
    }

    Optional<Setting> setting() {
        return timer == null ? Optional.empty() : Optional.of(setting);
    }

    /** As it was when {@link #setting} was asked. */
    void restore(Optional<Setting> before) {
        cancel();
        before.ifPresent(this::set);
    }

    /** Zero where it is not set. */
    Duration remaining() {
        return timer == null ? Duration.ZERO : remaining(setting);
    }

    private Duration remaining(Setting of) {
        return Duration.ofNanos(Math.max(0, of.end - loop.nanoTime()));
    }
}
