package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;

/** Section {@code log}: how much the daemon says. Immutable; any thread. */
public record LogConfig(Level level) {
    /** Least severe that is written. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    public static LogConfig from(ConfigTable settings) {
        var log = new LogConfig(settings.choice("level", Level.INFO));
        settings.finish();
        return log;
    }
}
