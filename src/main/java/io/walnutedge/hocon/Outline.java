package io.walnutedge.hocon;

import java.util.List;

/**
 * What one file of a configuration is made of: its mistakes and what it includes. Immutable; any thread.
 *
 * @param mistakes of its form, of which only the first is known, or else every key that is given twice
 * @param includes in the order of the file; all of them only where there is no mistake
 * @param nulls keys whose value is the bare word null, before anything was included: they take nothing away
 */
public record Outline(List<Mistake> mistakes, List<Include> includes, List<Mistake> nulls) {
    /**
     * What is wrong in a line.
     *
     * @param line from 1
     * @param key from the top of the file, as in {@code sensors.room}; empty where it is about the line
     * @param message what is wrong and what to write instead
     * @param quotes whether the message has in it what may stand in any file, such as one that is no configuration
     */
    public record Mistake(int line, String key, String message, boolean quotes) {}

    /**
     * Another file, which stands for its keys.
     *
     * @param line from 1
     * @param name as written
     */
    public record Include(int line, String name) {}

    /** Reads a text. */
    public static Outline of(String text) {
        var parser = new Parser(text);
        try {
            parser.file();
        } catch (MistakeException first) {
            return new Outline(List.of(first.mistake()), List.copyOf(parser.includes()), List.of());
        }
        return new Outline(List.copyOf(parser.twice()), List.copyOf(parser.includes()), List.copyOf(parser.nulls()));
    }
}
