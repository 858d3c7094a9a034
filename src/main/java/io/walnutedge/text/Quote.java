package io.walnutedge.text;

/** Shows a foreign text in a message about it: not as long as it may be, and without what could disturb a terminal. */
public final class Quote {
    /** In a log or a mistake of the configuration. */
    private static final int LINE = 80;
    /** In an answer to a command, which small devices read. */
    private static final int ANSWER = 40;

    private Quote() {}

    public static String of(String text) {
        return "'" + Printable.excerpt(text, LINE) + "'";
    }

    public static String brief(String text) {
        return "'" + Printable.excerpt(text, ANSWER) + "'";
    }
}
