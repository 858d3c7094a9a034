package io.walnutedge.sensor;

import io.walnutedge.sensor.files.DeviceFiles;
import java.time.Duration;

/** For sensors that touch nothing. */
public final class NoHardware implements Hardware {
    @Override
    public <T> T access(Class<T> kind) {
        return Hardware.pick(kind, DeviceFiles.SYSTEM);
    }

    @Override
    public void pause(Duration duration) {
        throw new UnsupportedOperationException();
    }
}
