package io.walnutedge.command;

import io.walnutedge.text.Printable;

/** Shows a sender's text in answers and logs: short, and without what could disturb a terminal. */
final class Quote {
    private static final int MAX = 40;

    private Quote() {}

    static String of(String text) {
        return "'" + Printable.excerpt(text, MAX) + "'";
    }
}
