package io.walnutedge.hocon;

import io.walnutedge.text.Redaction;

/**
 * One mistake in the configuration, without the secrets that a URL in it may have. Immutable; any thread.
 *
 * @param where file and line as {@code application.conf:12}, or what else the value came from
 * @param path the key, from the top, as in {@code sensors.room.every}
 * @param message what is wrong and what is accepted, in one line
 * @param isQuote whether the message has in it whatever stands in a file that could not be read as a configuration
 */
public record Problem(String where, String path, String message, boolean isQuote) {
    public Problem {
        path = Redaction.of(path);
        message = Redaction.of(message);
    }

    /** One about what was read. */
    public Problem(String where, String path, String message) {
        this(where, path, message, false);
    }

    /** As it may be published: an include may have named any file, and the broker keeps what it is told. */
    public String published() {
        return isQuote ? where + ": this is not HOCON; walnut-edge check and the log say why" : toString();
    }

    @Override
    public String toString() {
        return where + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
