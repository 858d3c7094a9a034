package io.walnutedge.board;

import java.util.Optional;

/**
 * One position of a board's header. Immutable; any thread.
 *
 * @param position 1 to 40; 41 and 42 are the vendor's numbers of the key and the LED on the board
 * @param name {@code PC9}, or {@code 3V3}, {@code 5V}, {@code GND}; empty where nothing is connected
 * @param controller the label of the line's GPIO controller; empty where there is no line
 * @param line the number on that controller: bank * 32 + n; -1 where there is no line
 * @param function what the board's documents call it, such as {@code I2C1_SDA}; may be empty
 * @param overlay the device tree overlay that claims it by default; may be empty
 * @param holder the kernel driver that holds it always; may be empty
 */
public record HeaderPin(
        int position,
        Kind kind,
        String name,
        String controller,
        int line,
        String function,
        String overlay,
        String holder) {

    /** What is behind a position. */
    public enum Kind {
        POWER,
        GND,
        GPIO,
        NC,
        ONBOARD
    }

    /** Whether there is a line at all, be it free or held. */
    public boolean isLine() {
        return line >= 0;
    }

    /** {@code PC9 (header 11)}, {@code PI8 (header 3, I2C1_SDA)}, {@code PC12 (KEY)}. */
    public String describe() {
        if (kind == Kind.ONBOARD) {
            return name + " (" + function + ")";
        }
        return name + " (header " + position + (function.isEmpty() ? "" : ", " + function) + ")";
    }

    /** Why it cannot be a GPIO line; empty where it can. */
    Optional<String> obstacle() {
        return switch (kind) {
            case POWER -> Optional.of("header position " + position + " is " + name + ", a supply, not a GPIO line");
            case GND -> Optional.of("header position " + position + " is ground, not a GPIO line");
            case NC -> Optional.of("header position " + position + " is not connected on this board");
            case GPIO, ONBOARD ->
                holder.isEmpty()
                        ? Optional.empty()
                        : Optional.of(describe() + " is held by the kernel's " + holder + " and cannot be a GPIO line");
        };
    }
}
