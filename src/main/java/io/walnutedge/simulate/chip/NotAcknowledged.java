package io.walnutedge.simulate.chip;

import java.io.IOException;

/** The chip did not acknowledge. */
public class NotAcknowledged extends IOException {
    private static final long serialVersionUID = 1;

    public NotAcknowledged(String message) {
        super(message);
    }
}
