package io.walnutedge.mqtt;

/** A connection cannot be used any more; the message is a part of a sentence that says why. */
public final class TransportException extends Exception {
    private static final long serialVersionUID = 1;

    public TransportException(String message, Throwable cause) {
        super(message, cause);
    }

    public TransportException(String message) {
        super(message);
    }
}
