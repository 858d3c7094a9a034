package io.walnutedge.command;

import java.util.Optional;

/** What a command asks of an output. */
public enum Action {
    ON,
    OFF,
    TOGGLE;

    /** What {@link #parse} takes, for error messages. */
    static final String ACCEPTED = "ON, OFF, TOGGLE, 1, 0, true, false";

    /** Reads a word, whatever its case. */
    static Optional<Action> parse(String word) {
        if (word.equalsIgnoreCase("ON") || word.equalsIgnoreCase("true") || word.equals("1")) {
            return Optional.of(ON);
        }
        if (word.equalsIgnoreCase("OFF") || word.equalsIgnoreCase("false") || word.equals("0")) {
            return Optional.of(OFF);
        }
        return word.equalsIgnoreCase("TOGGLE") ? Optional.of(TOGGLE) : Optional.empty();
    }

    /** The state that it leads to. */
    public boolean from(boolean on) {
        return this == TOGGLE ? !on : this == ON;
    }
}
