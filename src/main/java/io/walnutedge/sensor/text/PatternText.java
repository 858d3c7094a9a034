package io.walnutedge.sensor.text;

import io.walnutedge.sensor.SensorException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds what a user's regular expression picks from a text, within bounds: a pattern that backtracks for ever ends after
 * a number of steps, not of seconds, so that a slow board decides the same as a fast one. (A pattern that repeats
 * nothing at all many million times, such as {@code ((a?){9999}){9999}}, takes no steps and is not stopped.) Immutable;
 * any thread.
 */
public final class PatternText {
    /** Steps for each character that is read; a plain pattern takes a few, and backtracking needs thousands. */
    private static final int STEPS_PER_CHARACTER = 20;

    /** Short texts may take more steps for each character; a step takes some 50 ns. */
    private static final int LEAST_STEPS = 200_000;

    private final Pattern pattern;

    public PatternText(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * The pattern's group, or all that it matched if it has none; empty if it matches nothing.
     *
     * @throws SensorException if it takes too many steps
     */
    public Optional<String> find(String text, String where) throws SensorException {
        try {
            var match = pattern.matcher(new Stepped(text));
            return match.find() ? Optional.ofNullable(match.group(match.groupCount())) : Optional.empty();
        } catch (StepsSpent | StackOverflowError tooMuch) {
            // java.util.regex recurses for each round of a loop over a group, as in (a|b)*
            throw tooManySteps(where);
        }
    }

    /**
     * What named groups picked, by their names, without those that took no part; empty if the pattern matches nothing.
     *
     * @throws SensorException if it takes too many steps
     */
    public Optional<Map<String, String>> find(List<String> groups, String text, String where) throws SensorException {
        try {
            var match = pattern.matcher(new Stepped(text));
            if (!match.find()) {
                return Optional.empty();
            }
            var picked = new HashMap<String, String>();
            for (var group : groups) {
                Optional.ofNullable(match.group(group)).ifPresent(each -> picked.put(group, each));
            }
            return Optional.of(picked);
        } catch (StepsSpent | StackOverflowError tooMuch) {
            throw tooManySteps(where);
        }
    }

    private SensorException tooManySteps(String where) {
        return new SensorException("the pattern " + pattern + " takes too many steps on " + where
                + "; write it without nested repetition");
    }

    /** Counts the characters that are looked at. */
    private static final class Stepped implements CharSequence {
        private final String text;
        private int left;

        Stepped(String text) {
            this.text = text;
            this.left = Math.max(LEAST_STEPS, text.length() * STEPS_PER_CHARACTER);
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new StepsSpent();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Leaves the matcher. */
    private static final class StepsSpent extends RuntimeException {
        private static final long serialVersionUID = 1;

        StepsSpent() {
            super("steps spent", null, false, false);
        }
    }
}
