package io.walnutedge.json;

/** A text is not the JSON object that was expected; the message says where, and never repeats the text. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1;

    public JsonException(String message) {
        super(message);
    }

    public JsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
