package io.walnutedge.hardware;

import java.io.IOException;

/** A line that is watched. The thread {@code outputs}, and {@code edges} for the value. */
final class InputGpio extends SysfsLine {
    InputGpio(GpioSysfs sysfs, int number) {
        super(sysfs, number);
    }

    @Override
    public void direction(Direction direction) throws IOException {
        clearActiveLow();
        writeDirection("in");
    }
}
