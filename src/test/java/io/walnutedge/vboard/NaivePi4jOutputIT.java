package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Why the daemon has an output provider of its own: Pi4J 2.8.0's asks for edges on a line that it has just made an
 * output. When this fails, upstream has mended it.
 */
@BoardTest
class NaivePi4jOutputIT {
    private static final int LINE = Board.PC9;

    @Test
    void output_cannotBeOpenedAndIsLeftLow(Guest guest, Pins pins) {
        pins.drive(LINE, true);
        pins.log();

        String said = guest.run(guest.java(NaivePi4jOutput.class, String.valueOf(LINE)), Duration.ofMinutes(2))
                .output();

        assertThat(said)
                .contains("Unable to set GPIO [" + LINE + "] INTERRUPT EDGE=[BOTH]")
                .contains("Input/output error")
                .doesNotContain("OPENED");
        assertThat(pins.isOutput(LINE)).isTrue();
        assertThat(pins.log()).as("initial(HIGH) was asked for").containsExactly(new Pins.Change(LINE, false));
        guest.output(
                "echo in >/sys/class/gpio/gpio%1$d/direction; echo %1$d >/sys/class/gpio/unexport".formatted(LINE));
    }
}
