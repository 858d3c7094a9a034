package io.walnutedge.gpio;

/** A line cannot be opened, driven or read; the message tells its owner why. */
public class GpioException extends Exception {
    private static final long serialVersionUID = 1;

    public GpioException(String message, Throwable cause) {
        super(message, cause);
    }

    public GpioException(String message) {
        super(message);
    }
}
