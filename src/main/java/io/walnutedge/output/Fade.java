package io.walnutedge.output;

import io.walnutedge.control.Loop;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Goes from one level to another in steps of 20 ms, by the time that has passed. The loop's thread only. */
final class Fade {
    private static final Duration STEP = Duration.ofMillis(20);

    private final Loop loop;
    private Loop.@Nullable Timer timer;
    private double from;
    private double to;
    private long begin;
    private long length;
    private DoubleConsumer drive = level -> {};

    Fade(Loop loop) {
        this.loop = loop;
    }

    /**
     * Begins; the first step follows in 20 ms.
     *
     * @param drive told each level, and {@code to} itself as the last one
     */
    void start(double from, double to, Duration length, DoubleConsumer drive) {
        this.from = from;
        this.to = to;
        this.begin = loop.nanoTime();
        this.length = length.toNanos();
        this.drive = drive;
        later();
    }

    private void later() {
        var left = begin + length - loop.nanoTime();
        timer = loop.after(Duration.ofNanos(Math.min(STEP.toNanos(), Math.max(0, left))), this::step);
    }

    private void step() {
        timer = null;
        var passed = loop.nanoTime() - begin;
        if (passed >= length) {
            drive.accept(to);
            return;
        }
        later();
        drive.accept(from + (to - from) * passed / length);
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    boolean isRunning() {
        return timer != null;
    }

    OptionalDouble target() {
        return timer == null ? OptionalDouble.empty() : OptionalDouble.of(to);
    }
}
