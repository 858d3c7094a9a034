package io.walnutedge.simulate.chip;

import java.util.Set;

/**
 * One chip on an I2C bus. A transfer with a repeated start is a {@link #write} and then a {@link #read}. Any thread:
 * implementations lock themselves, since transfers and {@link #set} come from different ones.
 */
public interface ChipModel {
    /**
     * The bytes after the address of one write transfer; none is an empty probe.
     *
     * @throws NotAcknowledged where the chip would not
     */
    void write(byte[] bytes) throws NotAcknowledged;

    /**
     * The bytes of one read transfer.
     *
     * @throws NotAcknowledged where the chip would not
     */
    byte[] read(int count) throws NotAcknowledged;

    /** What can be set, by the names that the driver gives its quantities. */
    Set<String> quantities();

    /**
     * Changes the world around the chip; seen by the next conversion to end.
     *
     * @throws IllegalArgumentException if there is no such quantity or the value is not finite
     */
    void set(String quantity, double value);
}
