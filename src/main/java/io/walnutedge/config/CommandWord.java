package io.walnutedge.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be asked by a command, as {@code commands.allow} and the command topic name it. */
public enum CommandWord {
    /** Switches outputs. It is not written in a command, which begins with the output's name. */
    SET,
    READ,
    INTERVAL,
    STATUS,
    RELOAD,
    RESTART;

    /** As written: {@code read}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All of them, as written. */
    public static List<String> names() {
        return Arrays.stream(values()).map(CommandWord::toString).toList();
    }

    /** Those that a command begins with, as written: no output may have one of them as its name. */
    public static List<String> written() {
        return names().stream().filter(name -> !name.equals(SET.toString())).toList();
    }

    /** The word of this spelling; case counts. */
    public static Optional<CommandWord> of(String text) {
        return Arrays.stream(values())
                .filter(word -> word.toString().equals(text))
                .findFirst();
    }
}
