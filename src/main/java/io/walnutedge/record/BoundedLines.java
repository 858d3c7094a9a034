package io.walnutedge.record;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lines of a text that may be of any length, or never end. One thread. */
final class BoundedLines {
    private final InputStream in;
    private final int longest;
    private final long most;
    private long taken;
    private int number;

    /** There is more than may be read. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /**
     * @param longest bytes of a line that are kept; the rest of it is passed over
     * @param most bytes of all
     */
    BoundedLines(InputStream in, int longest, long most) {
        this.in = new BufferedInputStream(in);
        this.longest = longest;
        this.most = most;
    }

    /**
     * The next line, without its end.
     *
     * @throws TooLongException if it is not over after as much as may be read
     */
    Optional<byte[]> next() throws IOException {
        var line = new ByteArrayOutputStream();
        var isEmpty = true;
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return isEmpty ? Optional.empty() : bytes(line);
            }
            isEmpty = false;
            count();
            if (line.size() < longest) {
                line.write(c);
            }
        }
        count();
        return bytes(line);
    }

    private void count() throws TooLongException {
        if (++taken > most) {
            throw new TooLongException();
        }
    }

    private Optional<byte[]> bytes(ByteArrayOutputStream line) {
        number++;
        return Optional.of(line.toByteArray());
    }

    /** Of the line that {@link #next} answered, from 1. */
    int number() {
        return number;
    }
}
