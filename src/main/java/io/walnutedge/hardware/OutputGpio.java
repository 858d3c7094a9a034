package io.walnutedge.hardware;

import java.io.IOException;

/** A line that becomes an output without a glitch, and stays exported. The thread {@code outputs}. */
final class OutputGpio extends SysfsLine {
    private final boolean initiallyHigh;

    OutputGpio(GpioSysfs sysfs, int number, boolean initiallyHigh) {
        super(sysfs, number);
        this.initiallyHigh = initiallyHigh;
    }

    /** Claims the line if nobody has, and answers the level that it shows, as output or input. */
    boolean showsHigh() throws IOException {
        if (!isExported()) {
            export();
        }
        clearActiveLow();
        return state().isHigh();
    }

    /** No: Pi4J would ask for edges of an output, which the kernel refuses with EIO. */
    @Override
    public boolean isInterruptSupported() {
        return false;
    }

    /** "high" and "low" may be written to configure the line as an output with that value (sysfs.rst, "direction"). */
    @Override
    public void direction(Direction direction) throws IOException {
        clearEdge();
        clearActiveLow();
        writeDirection(initiallyHigh ? "high" : "low");
    }

    /** Does nothing: what a line does that is given back is its controller's affair, and the level is to stay. */
    @Override
    public void unexport() {
        // see above
    }
}
