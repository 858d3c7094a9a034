package io.walnutedge.config;

/**
 * One mistake in the configuration. Immutable; any thread.
 *
 * @param where file and line as {@code application.conf:12}, or what else the value came from
 * @param path the key, from the top, as in {@code sensors.room.every}
 * @param message what is wrong and what is accepted, in one line
 */
public record Problem(String where, String path, String message) {
    @Override
    public String toString() {
        return where + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
