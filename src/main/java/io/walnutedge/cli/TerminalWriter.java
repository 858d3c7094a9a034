package io.walnutedge.cli;

import io.walnutedge.text.Printable;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Where all subcommands print to, in UTF-8 whatever the locale. Whatever text comes, from a broker, a file, a device or an
 * argument: nothing of it that a terminal obeys passes, save for line ends and tabs. Flushed with each line; any thread.
 */
public final class TerminalWriter extends PrintWriter {
    private final PrintWriter raw;

    TerminalWriter(OutputStream out) {
        this(new PrintWriter(out, true, StandardCharsets.UTF_8));
    }

    private TerminalWriter(PrintWriter raw) {
        super(new Cleaning(raw), true);
        this.raw = raw;
    }

    /** For who draws with the terminal's own sequences, and cleans what it puts between them. */
    public static PrintWriter raw(PrintWriter out) {
        return out instanceof TerminalWriter terminal ? terminal.raw : out;
    }

    private static final class Cleaning extends FilterWriter {
        Cleaning(Writer raw) {
            super(raw);
        }

        @Override
        public void write(int c) throws IOException {
            write(String.valueOf((char) c), 0, 1);
        }

        @Override
        public void write(char[] text, int from, int count) throws IOException {
            write(new String(text, from, count), 0, count);
        }

        @Override
        public void write(String text, int from, int count) throws IOException {
            out.write(Printable.lines(text.substring(from, from + count)));
        }
    }
}
