package io.walnutedge.mqtt;

import java.time.Instant;

/**
 * How the link stands. Immutable; any thread.
 *
 * @param broker the one it is connected to or was last connected or tried to
 * @param since when {@code connected} last changed, by the wall clock
 * @param connections made so far
 * @param lastError why the last connection ended or did not come about; empty if none did
 */
public record LinkStatus(boolean connected, String broker, Instant since, long connections, String lastError) {
    /** One line for people, as {@code connected to tcp://127.0.0.1:1883}. */
    public String sentence() {
        if (connected) {
            return "connected to " + broker;
        }
        return lastError.isEmpty() ? "connecting to " + broker : "not connected to " + broker + ": " + lastError;
    }
}
