package io.walnutedge.sensor.chip;

import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import java.util.List;

/** A chip that is prepared anew after each failure, which may have been a power cut. One thread. */
abstract class PreparedSensor implements Sensor {
    private boolean isPrepared;

    /** Checks which chip it is and writes its settings. */
    abstract void prepare() throws SensorException, InterruptedException;

    /** As {@link #read}, of a prepared chip. */
    abstract List<Measurement> sample() throws SensorException, InterruptedException;

    /** The chip has still its settings: a failure from here on has other reasons. */
    final void keepPrepared() {
        isPrepared = true;
    }

    final Sensor prepared() throws SensorException, InterruptedException {
        prepare();
        keepPrepared();
        return this;
    }

    @Override
    public final List<Measurement> read() throws SensorException, InterruptedException {
        if (!isPrepared) {
            prepare();
        }
        isPrepared = false;
        var measurements = sample();
        keepPrepared();
        return measurements;
    }
}
