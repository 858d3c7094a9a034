package io.walnutedge.sensor.i2c;

import java.util.List;

/**
 * What is known of a chip that answers at an address. Immutable; any thread.
 *
 * @param chips what it may be, a driver's name where there is a driver; empty if no chip of this address is known
 * @param certain true where an id register said so; then there is one chip
 * @param why what was asked and answered, or why it was not asked, in a sentence without a full stop
 */
public record Identified(List<String> chips, boolean certain, String why) {
    public Identified {
        chips = List.copyOf(chips);
        if (certain && chips.size() != 1) {
            throw new IllegalArgumentException("certain, and yet " + chips);
        }
    }

    @Override
    public String toString() {
        return (chips.isEmpty() ? "unknown" : String.join(" or ", chips)) + " (" + why + ")";
    }
}
