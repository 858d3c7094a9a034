package io.walnutedge.hocon;

/** A place in a text. One thread. */
final class Cursor {
    /** Behind the last character. */
    static final int END = -1;

    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;

    Cursor(String text) {
        this.text = text;
    }

    /** The character here, or {@link #END}. */
    int peek() {
        return at < text.length() ? text.codePointAt(at) : END;
    }

    boolean is(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    boolean startsWith(String word) {
        return text.startsWith(word, at);
    }

    boolean isEnd() {
        return at >= text.length();
    }

    /** Takes the character here. */
    int next() {
        var c = peek();
        at += Character.charCount(c);
        if (c == '\n') {
            line++;
            lineStart = at;
        }
        return c;
    }

    /** Takes a word, if it stands here. */
    boolean take(String word) {
        if (!startsWith(word)) {
            return false;
        }
        at += word.length();
        return true;
    }

    int at() {
        return at;
    }

    /** From a place to here. */
    String since(int from) {
        return text.substring(from, at);
    }

    /** What is left of this line. */
    String rest() {
        var end = text.indexOf('\n', at);
        return text.substring(at, end < 0 ? text.length() : end);
    }

    /** The whole line. */
    String wholeLine() {
        var end = text.indexOf('\n', lineStart);
        return text.substring(lineStart, end < 0 ? text.length() : end);
    }

    String whole() {
        return text;
    }

    /** From 1. */
    int line() {
        return line;
    }

    /** Characters before this one in its line. */
    int column() {
        return at - lineStart;
    }

    /** Blanks at the beginning of this line. */
    int indent() {
        var end = lineStart;
        while (end < text.length() && text.charAt(end) != '\n' && isBlank(text.charAt(end))) {
            end++;
        }
        return end - lineStart;
    }

    /** Whether nothing but blanks is before it in its line. */
    boolean isFirst() {
        return column() == indent();
    }

    boolean isComment() {
        return is('#') || startsWith("//");
    }

    boolean isBlank() {
        return at < text.length() && !is('\n') && isBlank(text.charAt(at));
    }

    void skipBlanks() {
        while (isBlank()) {
            at++;
        }
    }

    /** Blanks, lines and comments; whether a line ended. */
    boolean skipLines() {
        var from = line;
        for (skipBlanks(); is('\n') || isComment(); skipBlanks()) {
            if (isComment()) {
                at += rest().length();
            } else {
                next();
            }
        }
        return line > from;
    }

    /** As HOCON has it: all of Unicode's, those that do not break, and the byte order mark; here, without lines. */
    static boolean isBlank(int c) {
        return c == ' '
                || c == '\u00a0'
                || c == '\u2007'
                || c == '\u202f'
                || c == '\ufeff'
                || Character.isWhitespace(c);
    }
}
