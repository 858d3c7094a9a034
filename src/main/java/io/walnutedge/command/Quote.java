package io.walnutedge.command;

/** Shows a sender's text in answers and logs: short, and without what could disturb a terminal. */
final class Quote {
    private static final int MAX = 40;

    private Quote() {}

    static String of(String text) {
        var shown = new StringBuilder("'");
        text.codePoints().limit(MAX).map(Quote::harmless).forEach(shown::appendCodePoint);
        return shown.append(text.codePointCount(0, text.length()) > MAX ? "...'" : "'")
                .toString();
    }

    private static int harmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> '?';
            default -> c;
        };
    }
}
