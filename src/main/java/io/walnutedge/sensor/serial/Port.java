package io.walnutedge.sensor.serial;

import io.walnutedge.sensor.SensorException;
import java.nio.file.Path;

/** An opened serial port. Used by one thread at a time. */
interface Port extends AutoCloseable {
    /**
     * What has come, or comes within 100 ms; 0 if nothing does.
     *
     * @throws SensorException if the port is gone
     */
    int read(byte[] into) throws SensorException;

    void write(byte[] bytes) throws SensorException;

    /** Throws away what the kernel has received and nobody has read. */
    void discard() throws SensorException;

    @Override
    void close();

    /** Opens ports. Any thread. */
    interface Opener {
        /** @throws SensorException if the port is missing, not permitted or in use */
        Port open(Path node, Line line) throws SensorException;
    }
}
