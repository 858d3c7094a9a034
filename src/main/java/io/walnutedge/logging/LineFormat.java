package io.walnutedge.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.walnutedge.text.Printable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An event as lines of text. Immutable; any thread.
 *
 * <pre>
 * journal:    &lt;4&gt;lost tcp://127.0.0.1:1883: connection refused
 * terminal:   12:34:56.789 WARN  lost tcp://127.0.0.1:1883: connection refused
 * </pre>
 *
 * DEBUG and TRACE also say who speaks, on which thread.
 */
final class LineFormat {
    private static final Pattern LINE_END = Pattern.compile("\\R");

    private final BiFunction<Level, Instant, String> first;
    private final BiFunction<Level, Instant, String> rest;

    private LineFormat(BiFunction<Level, Instant, String> first, BiFunction<Level, Instant, String> rest) {
        this.first = first;
        this.rest = rest;
    }

    static LineFormat journal() {
        return new LineFormat((level, time) -> priority(level), (level, time) -> priority(level));
    }

    static LineFormat terminal(ZoneId zone) {
        var clock = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(zone);
        return new LineFormat(
                (level, time) -> clock.format(time) + String.format(Locale.ROOT, " %-5s ", level),
                (level, time) -> "  ");
    }

    String format(ILoggingEvent event) {
        return format(event, "");
    }

    /** @param remark stands behind the message, before a stack trace */
    String format(ILoggingEvent event, String remark) {
        var text = speaker(event) + event.getFormattedMessage() + remark;
        var thrown = event.getThrowableProxy();
        if (thrown != null) {
            text += "\n" + ThrowableProxyUtil.asString(thrown).stripTrailing();
        }
        return format(event.getLevel(), event.getInstant(), text);
    }

    String format(Level level, Instant time, String text) {
        return LINE_END.splitAsStream(text)
                .map(Printable::line)
                .collect(Collectors.joining(
                        System.lineSeparator() + rest.apply(level, time),
                        first.apply(level, time),
                        System.lineSeparator()));
    }

    /** sd-daemon(3): SD_ERR, SD_WARNING, SD_INFO, SD_DEBUG. */
    private static String priority(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> "<3>";
            case Level.WARN_INT -> "<4>";
            case Level.INFO_INT -> "<6>";
            default -> "<7>";
        };
    }

    private static String speaker(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
            return "";
        }
        var name = event.getLoggerName();
        return "[" + event.getThreadName() + "] " + name.substring(name.lastIndexOf('.') + 1) + ": ";
    }
}
