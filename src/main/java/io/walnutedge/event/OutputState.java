package io.walnutedge.event;

import java.time.Duration;
import java.util.Optional;

/**
 * A state that an output was driven to. Immutable; any thread.
 *
 * @param level 0 to 1; on is anything above 0
 * @param cause {@code start}, {@code command}, {@code command 42} with the command's id, {@code timer}, {@code max-on},
 *     {@code interlock}, {@code link loss}, {@code controller lost}, {@code safe state} or {@code stop}
 * @param remaining until it goes back or off by itself; zero if it stays
 * @param waiting what it will go to when it may
 */
public record OutputState(double level, String cause, Duration remaining, Optional<Waiting> waiting) {
    /** A state that has to wait. */
    public record Waiting(boolean on, Duration time) {}

    public boolean on() {
        return level > 0;
    }

    /** As published: {@code ON} or {@code OFF}. */
    public String word() {
        return on() ? "ON" : "OFF";
    }
}
