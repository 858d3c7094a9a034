package io.walnutedge.record;

import io.walnutedge.reading.ItemId;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.i2c.I2cBuses;
import io.walnutedge.sensor.i2c.Registers;
import java.time.Duration;
import java.util.Optional;

/** Hardware whose transfers are taken down. Any thread. */
record RecordingHardware(Hardware hardware, Recording recording) implements Hardware {
    @Override
    public <T> T access(Class<T> kind) {
        if (kind.equals(DeviceFiles.class)) {
            return kind.cast(new DeviceFiles(hardware.access(DeviceFiles.class).roots(), recording));
        }
        return kind.equals(I2cBuses.class) ? kind.cast((I2cBuses) this::registers) : hardware.access(kind);
    }

    private Registers registers(int bus, int address) throws SensorException {
        try {
            var registers = hardware.access(I2cBuses.class).registers(bus, address);
            return recording.around(registers, bus, address);
        } catch (SensorException why) {
            recording.unopened(bus, address, why);
            throw why;
        }
    }

    @Override
    public Optional<Latest> latest(ItemId sensor, String quantity) {
        return hardware.latest(sensor, quantity);
    }

    @Override
    public long nanoTime() {
        return hardware.nanoTime();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        hardware.pause(duration);
    }
}
