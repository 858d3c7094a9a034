package io.walnutedge.actuator;

import java.nio.file.Path;
import java.util.List;

/**
 * Something that is driven to a level: a share of full drive from 0 to 1, physical, so that 1 is the high level of a line.
 * The thread {@code outputs} only, and all others wait for it: no method may take longer than 200 ms, whatever the
 * hardware does.
 */
public interface Actuator extends AutoCloseable {
    /** @param level 0 to 1; where there are only two, 0 or 1 */
    void set(double level) throws ActuatorException;

    /**
     * The level as the hardware tells it, which may be a rounded one.
     *
     * @throws ActuatorException also where the hardware cannot tell
     */
    double read() throws ActuatorException;

    /**
     * What must be written where, in this order, to bring it to a level when this process is dead.
     */
    List<LastWrite> writes(double level);

    /** Stops using it and leaves its level; may be called twice. */
    @Override
    void close() throws ActuatorException;

    /** What {@code deploy/on-stop} can do. */
    sealed interface LastWrite {}

    /** A text for a file of sysfs. */
    record FileWrite(Path file, String text) implements LastWrite {}

    /** One transfer to a device on an I2C bus. */
    record BusWrite(int bus, int address, List<Integer> bytes) implements LastWrite {
        public BusWrite {
            bytes = List.copyOf(bytes);
        }
    }
}
