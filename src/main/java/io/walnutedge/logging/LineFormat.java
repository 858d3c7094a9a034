package io.walnutedge.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.walnutedge.text.Printable;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;
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

    private final Function<ILoggingEvent, String> first;
    private final Function<ILoggingEvent, String> rest;

    private LineFormat(Function<ILoggingEvent, String> first, Function<ILoggingEvent, String> rest) {
        this.first = first;
        this.rest = rest;
    }

    static LineFormat journal() {
        return new LineFormat(LineFormat::priority, LineFormat::priority);
    }

    static LineFormat terminal(ZoneId zone) {
        var time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(zone);
        return new LineFormat(
                event -> time.format(event.getInstant()) + String.format(" %-5s ", event.getLevel()), event -> "  ");
    }

    String format(ILoggingEvent event) {
        var text = speaker(event) + event.getFormattedMessage();
        var thrown = event.getThrowableProxy();
        if (thrown != null) {
            text += "\n" + ThrowableProxyUtil.asString(thrown).stripTrailing();
        }
        return LINE_END.splitAsStream(text)
                .map(Printable::line)
                .collect(Collectors.joining(
                        System.lineSeparator() + rest.apply(event), first.apply(event), System.lineSeparator()));
    }

    /** sd-daemon(3): SD_ERR, SD_WARNING, SD_INFO, SD_DEBUG. */
    private static String priority(ILoggingEvent event) {
        return switch (event.getLevel().toInt()) {
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
