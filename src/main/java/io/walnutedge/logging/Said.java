package io.walnutedge.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a line says, and what tells it from others: figures do not.
 *
 * @param subject the statement in the program, and its first argument, which is what the line is about
 * @param identity the statement and all its arguments
 * @param text the line itself
 */
record Said(Level level, String subject, String identity, String text) {
    /** As much of each is kept, in characters. */
    private static final int MOST = 400;

    /** A number that is a word of its own; one that is part of a name or an address is none. */
    private static final Pattern FIGURE = Pattern.compile("(?<![^\\s(])[0-9]+(?:[.,][0-9]+)?(?=[).,;:%]*(?:\\s|$))");

    /** A text that is nothing but digits is the name of something, as relays have: what is counted comes as a number. */
    private static final Pattern NAME = Pattern.compile("[0-9]+");

    static Said of(ILoggingEvent event) {
        var statement = event.getLoggerName() + '\n' + event.getLevel() + '\n' + event.getMessage() + '\n';
        var arguments = Arrays.stream(Objects.requireNonNullElse(event.getArgumentArray(), new Object[0]))
                .filter(each -> !(each instanceof Number))
                .map(String::valueOf)
                .map(each -> NAME.matcher(each).matches()
                        ? each
                        : FIGURE.matcher(each).replaceAll("#"))
                .toList();
        var fault = Optional.ofNullable(event.getThrowableProxy())
                .map(thrown -> thrown.getClassName())
                .orElse("");
        return new Said(
                event.getLevel(),
                cut(statement + arguments.stream().findFirst().orElse("")),
                cut(statement + arguments.stream().collect(Collectors.joining("\n", "", "\n" + fault))),
                cut(event.getFormattedMessage()));
    }

    private static String cut(String text) {
        return text.length() > MOST ? text.substring(0, MOST) : text;
    }
}
