package io.walnutedge.hocon;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Compares braces with the indentation of lines, to guess where one is missing or too many: HOCON does not look at
 * indentation, so it is asked only where the braces do not match. One thread.
 */
final class Margins {
    /** An open brace or bracket. */
    static final class Opening {
        private final int line;
        private final int indent;
        private int column = -1;

        private Opening(int line, int indent) {
            this.line = line;
            this.indent = indent;
        }

        int line() {
            return line;
        }
    }

    /**
     * A brace that probably has no other.
     *
     * @param line of the brace
     * @param seen the line that does not stand where it should
     */
    record Suspect(int line, int seen) {}

    private final Deque<Opening> open = new ArrayDeque<>();
    private Optional<Suspect> missing = Optional.empty();
    private Optional<Suspect> surplus = Optional.empty();
    private int lastClosed;

    Margins() {
        open.push(new Opening(0, -1));
    }

    Opening open(Cursor in) {
        var opening = new Opening(in.line(), in.indent());
        open.push(opening);
        return opening;
    }

    void close(Cursor in) {
        var opening = open.pop();
        if (in.isFirst() && in.column() < opening.indent) {
            suspectMissing(opening, in);
        }
        lastClosed = in.line();
    }

    void key(Cursor in) {
        var opening = open.element();
        if (!in.isFirst()) {
            return;
        }
        if (in.column() <= opening.indent) {
            suspectMissing(opening, in);
        } else if (opening.column < 0) {
            opening.column = in.column();
        } else if (in.column() > opening.column && lastClosed > 0 && surplus.isEmpty()) {
            surplus = Optional.of(new Suspect(lastClosed, in.line()));
        }
    }

    private void suspectMissing(Opening opening, Cursor in) {
        if (missing.isEmpty()) {
            missing = Optional.of(new Suspect(opening.line, in.line()));
        }
    }

    /** The line of an opening brace whose closing one is probably missing. */
    Optional<Suspect> missing() {
        return missing;
    }

    /** The line of a closing brace that is probably too many. */
    Optional<Suspect> surplus() {
        return surplus;
    }
}
