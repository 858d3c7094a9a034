package io.walnutedge.sampling;

import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import java.util.List;
import java.util.Optional;

/** Takes what the sampler gets. Called on sampling threads; must not block. */
public interface SampleSink {
    /** The readings of one or more sensors that were due together, in order. */
    void readings(List<Reading> batch);

    /**
     * A sensor's availability changed (or is known for the first time), or what has failed of it.
     *
     * @param why what has failed, a sentence for its owner: of an online sensor some quantities only; empty where nothing has
     */
    void availability(ItemId sensor, boolean online, String why);

    /**
     * Whether a quantity has a value changed (or is known for the first time), or the reason why it has none; of sensors
     * with {@link io.walnutedge.sensor.SensorPlan#isEachAvailable}.
     *
     * @param absence why it has none; empty where it has one
     */
    void quantity(ItemId sensor, String quantity, Optional<Absence> absence);
}
