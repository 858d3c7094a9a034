package io.walnutedge.sensor;

import io.walnutedge.reading.ItemId;
import java.time.Duration;
import java.util.Optional;

/** What a sensor may touch. Any thread; what it hands out is for one thread. */
public interface Hardware {
    /** The access that a kind of source has to the machine, by its type: the I2C buses, the kernel's files. */
    default <T> T access(Class<T> kind) {
        return pick(kind);
    }

    /** The first that is of a kind. */
    static <T> T pick(Class<T> kind, Object... accesses) {
        for (var access : accesses) {
            if (kind.isInstance(access)) {
                return kind.cast(access);
            }
        }
        throw new IllegalStateException("this hardware has no " + kind.getSimpleName());
    }

    /** The newest published value of another sensor; empty where there is none, or that sensor is offline. */
    default Optional<Latest> latest(ItemId sensor, String quantity) {
        return Optional.empty();
    }

    /** A value, as it was published, and its age. */
    record Latest(double value, Duration age) {}

    /** A monotonic clock in nanoseconds, for drivers that have to know how long ago something was. */
    default long nanoTime() {
        return System.nanoTime();
    }

    /**
     * Waits for a conversion; the only way for a driver to wait. It holds the bus's thread, and so all sensors of the bus:
     * what takes longer than a second answers no value until it has one, see {@link Sensor#read}.
     */
    void pause(Duration duration) throws InterruptedException;
}
