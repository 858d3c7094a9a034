package io.walnutedge.hocon;

/** The text cannot be understood behind this place. */
final class MistakeException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Outline.Mistake mistake;

    MistakeException(int line, String message) {
        super(message);
        this.mistake = new Outline.Mistake(line, "", message, true);
    }

    Outline.Mistake mistake() {
        return mistake;
    }
}
