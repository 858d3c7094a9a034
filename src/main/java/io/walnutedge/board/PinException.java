package io.walnutedge.board;

/** A text names no pin that can be used; the message tells its owner why, and what is accepted. */
public final class PinException extends Exception {
    private static final long serialVersionUID = 1;

    PinException(String message) {
        super(message);
    }
}
