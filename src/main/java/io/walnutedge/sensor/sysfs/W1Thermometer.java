package io.walnutedge.sensor.sysfs;

import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import java.util.List;

/** A thermometer that leaves its bus when it is closed. One thread at a time. */
record W1Thermometer(Sensor found, W1Member member) implements Sensor {
    @Override
    public List<Measurement> read() throws SensorException, InterruptedException {
        return found.read();
    }

    @Override
    public void close() {
        found.close();
        member.leave();
    }
}
