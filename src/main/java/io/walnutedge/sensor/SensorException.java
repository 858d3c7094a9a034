package io.walnutedge.sensor;

import io.walnutedge.text.Printable;

/** A sensor's own trouble, in a sentence for its owner: what failed, where, and what to look at. */
public class SensorException extends Exception {
    private static final long serialVersionUID = 1;

    private static final int SHOWN = 60;

    private final String seen;

    public SensorException(String message) {
        this(message, "");
    }

    public SensorException(String message, Throwable cause) {
        super(message, cause);
        this.seen = "";
    }

    private SensorException(String message, CharSequence seen) {
        super(message);
        this.seen = Printable.excerpt(seen.toString(), SHOWN);
    }

    /**
     * Trouble with the content of a source. The message is published and retained, and a file that was named by mistake
     * may hold a secret: so what was seen stands apart, for the log and the terminal.
     */
    public static SensorException seeing(CharSequence content, String message) {
        return new SensorException(message, content);
    }

    /** The message with the beginning of the source's content, if it is about that; never to be published. */
    public String inFull() {
        return getMessage() + (seen.isEmpty() ? "" : "; it was '" + seen + "'");
    }
}
