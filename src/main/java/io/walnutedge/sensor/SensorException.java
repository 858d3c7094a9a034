package io.walnutedge.sensor;

/** A sensor's own trouble, in a sentence for its owner: what failed, where, and what to look at. */
public class SensorException extends Exception {
    private static final long serialVersionUID = 1;

    public SensorException(String message) {
        super(message);
    }

    public SensorException(String message, Throwable cause) {
        super(message, cause);
    }
}
