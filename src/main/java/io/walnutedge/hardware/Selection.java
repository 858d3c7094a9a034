package io.walnutedge.hardware;

import java.io.IOException;

/** Which device a bus's descriptor addresses: noted only when the kernel has agreed. Under the bus's lock. */
final class Selection {
    private static final int NONE = -1;

    private int selected = NONE;

    /** Asks the kernel. */
    @FunctionalInterface
    interface Selecting {
        void select(int address) throws IOException;
    }

    void select(int address, Selecting selecting) throws IOException {
        if (selected == address) {
            return;
        }
        selected = NONE;
        selecting.select(address);
        selected = address;
    }
}
