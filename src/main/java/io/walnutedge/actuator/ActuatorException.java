package io.walnutedge.actuator;

/** An output cannot be opened, driven or read; the message tells its owner why. */
public class ActuatorException extends Exception {
    private static final long serialVersionUID = 1;

    public ActuatorException(String message, Throwable cause) {
        super(message, cause);
    }

    public ActuatorException(String message) {
        super(message);
    }
}
