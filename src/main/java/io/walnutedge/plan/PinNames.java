package io.walnutedge.plan;

import io.walnutedge.config.DeviceConfig;

/** What a configured pin is called on the board, whatever way it was written. */
@FunctionalInterface
public interface PinNames {
    /**
     * The same text for every way to write the same pin, good for showing.
     *
     * @throws IllegalArgumentException with a sentence for the user if it is no pin that can be used
     */
    String canonical(DeviceConfig device, String pin);
}
