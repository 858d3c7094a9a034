package io.walnutedge.watch;

import java.util.Map;

/**
 * The size of a terminal, as shells tell it if they export it, which {@code deploy/walnut-edge} does. Immutable; any thread.
 *
 * @param lines 0 where that is not known: a longer table would scroll at each drawing
 * @param columns 0 where that is not known
 */
public record Terminal(int lines, int columns) {
    private static final Terminal UNKNOWN = new Terminal(0, 0);
    /** Below this there is no table. */
    private static final int LEAST = 8;

    /** From {@code LINES} and {@code COLUMNS}. */
    public static Terminal of(Map<String, String> environment) {
        return new Terminal(number(environment.get("LINES")), number(environment.get("COLUMNS")));
    }

    private static int number(@org.jspecify.annotations.Nullable String text) {
        return text != null && text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= LEAST
                ? Integer.parseInt(text)
                : 0;
    }

    public boolean isKnown() {
        return !equals(UNKNOWN);
    }
}
