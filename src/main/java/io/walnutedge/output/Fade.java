package io.walnutedge.output;

import io.walnutedge.control.Loop;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Goes from one level to another in steps of 20 ms, by the time that has passed. The loop's thread only. */
final class Fade {
    private static final Duration STEP = Duration.ofMillis(20);

    private final Loop loop;
    private Loop.@Nullable Timer timer;
    private Course course = new Course(0, 0, 0, 0, level -> {});

    /**
     * Which level at what time; immutable.
     *
     * @param begin on the monotonic clock, in nanoseconds as {@code length}
     * @param drive is given each level, and {@code to} itself as the last one
     */
    record Course(double from, double to, long begin, long length, DoubleConsumer drive) {}

    Fade(Loop loop) {
        this.loop = loop;
    }

    /** Begins; the first step follows in 20 ms. */
    void start(double from, double to, Duration length, DoubleConsumer drive) {
        start(new Course(from, to, loop.nanoTime(), length.toNanos(), drive));
    }

    private void start(Course next) {
        cancel();
        course = next;
        later();
    }

    private void later() {
        var left = course.begin + course.length - loop.nanoTime();
        timer = loop.after(Duration.ofNanos(Math.min(STEP.toNanos(), Math.max(0, left))), this::step);
    }

    private void step() {
        timer = null;
        var passed = loop.nanoTime() - course.begin;
        if (passed >= course.length) {
            course.drive.accept(course.to);
            return;
        }
        later();
        course.drive.accept(course.from + (course.to - course.from) * passed / course.length);
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
        return timer == null ? OptionalDouble.empty() : OptionalDouble.of(course.to);
    }

    Optional<Course> course() {
        return timer == null ? Optional.empty() : Optional.of(course);
    }

    /** As it was when {@link #course} was asked: it goes on by the time that has passed. */
    void restore(Optional<Course> before) {
        cancel();
        before.ifPresent(this::start);
    }
}
