package io.walnutedge.sensor;

import io.walnutedge.reading.Measurement;
import java.util.List;

/** An open sensor. Used by one thread at a time. */
public interface Sensor extends AutoCloseable {
    /**
     * Takes one sample: every quantity of one conversion. Blocks at most for the conversion and the transfer; never
     * retries, logs or swallows an error. Nothing where there is no new value yet: as long as a chip warms up, or between
     * two values of a chip that measures by itself.
     *
     * @throws NoValueException if nothing has failed and there is no value now
     * @throws SensorException if there is no trustworthy value
     */
    List<Measurement> read() throws SensorException, InterruptedException;

    /** Gives back what it holds; may be called twice, and never throws. */
    @Override
    default void close() {}
}
