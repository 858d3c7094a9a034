package io.walnutedge.output;

import java.time.Duration;

/**
 * A state that an output was driven to. Immutable; any thread.
 *
 * @param cause {@code start}, {@code command}, {@code command 42} with the command's id, {@code timer} or {@code stop}
 * @param remaining until it goes back by itself; zero if it stays
 */
public record OutputState(boolean on, String cause, Duration remaining) {
    /** As published: {@code ON} or {@code OFF}. */
    public String word() {
        return on ? "ON" : "OFF";
    }
}
