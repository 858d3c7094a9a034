package io.walnutedge.sensor;

import java.time.Duration;

/** For sensors that touch nothing. */
public final class NoHardware implements Hardware {
    @Override
    public Roots roots() {
        return Roots.SYSTEM;
    }

    @Override
    public Registers registers(int bus, int address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void pause(Duration duration) {
        throw new UnsupportedOperationException();
    }
}
