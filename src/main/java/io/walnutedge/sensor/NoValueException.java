package io.walnutedge.sensor;

/**
 * Nothing has failed, and there is no value now: no target before a distance sensor, a chip that warms up, an input of a
 * formula that is not there yet. The sensor stays open and is read at its next turn; nothing is published meanwhile.
 */
public final class NoValueException extends SensorException {
    private static final long serialVersionUID = 1;

    public NoValueException(String message) {
        super(message);
    }

    public NoValueException(String message, Throwable cause) {
        super(message, cause);
    }
}
