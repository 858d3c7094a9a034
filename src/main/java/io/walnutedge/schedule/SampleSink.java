package io.walnutedge.schedule;

import io.walnutedge.reading.Reading;
import io.walnutedge.reading.SensorId;
import java.util.List;

/** Takes what the sampler gets. Called on sampling threads; must not block. */
public interface SampleSink {
    /** The readings of one or more sensors that were due together, in order. */
    void readings(List<Reading> batch);

    /**
     * A sensor's availability changed (or is known for the first time), or the reason why it is offline.
     *
     * @param why empty where it is online, or has no value now though nothing has failed; else a sentence for its owner
     */
    void availability(SensorId sensor, boolean online, String why);
}
