package io.walnutedge.json;

/** A text is not the JSON object that was expected; the message says where, and never repeats the text. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1;

    private final String message;

    public JsonException(String message) {
        super(message);
        this.message = message;
    }

    public JsonException(String message, Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
