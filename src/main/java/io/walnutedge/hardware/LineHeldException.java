package io.walnutedge.hardware;

import java.io.IOException;

/** The kernel does not export a line that exists: another driver or program has it. */
final class LineHeldException extends IOException {
    private static final long serialVersionUID = 1;

    LineHeldException(IOException refusal) {
        super(refusal.getMessage(), refusal);
    }
}
