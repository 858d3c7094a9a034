package io.walnutedge.record;

import io.walnutedge.reading.ItemId;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Registers;
import io.walnutedge.sensor.Roots;
import io.walnutedge.sensor.SensorException;
import java.time.Duration;
import java.util.Optional;

/** Hardware whose transfers are taken down. Any thread. */
record RecordingHardware(Hardware hardware, Recording recording) implements Hardware {
    @Override
    public Roots roots() {
        return hardware.roots();
    }

    @Override
    public Registers registers(int bus, int address) throws SensorException {
        try {
            return recording.around(hardware.registers(bus, address), bus, address);
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
