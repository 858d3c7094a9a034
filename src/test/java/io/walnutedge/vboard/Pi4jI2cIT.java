package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pi4J's own I2C native, which exists for ARM only, on the bus. */
@Tag("board-arm64")
@ExtendWith(SharedBoard.class)
class Pi4jI2cIT {
    @Test
    void readRegister_isAWriteAndARepeatedStart(Guest guest, Chips chips) {
        chips.temperature(Board.LM75, 25.5);
        chips.log();

        assertThat(read(guest, Board.LM75)).contains("READ 2 1980");
        assertThat(chips.log().stream().filter(message -> message.address() == Board.LM75))
                .containsExactly(
                        new Chips.Message(false, Board.LM75, "00", true, false),
                        new Chips.Message(true, Board.LM75, "1980", true, true));
    }

    @Test
    void readRegister_ofAnUnpluggedChipFails(Guest guest, Chips chips) {
        chips.unplug(Board.LM75);
        try {
            assertThat(read(guest, Board.LM75)).doesNotContain("READ 2");
        } finally {
            chips.plug(Board.LM75);
        }
    }

    private static String read(Guest guest, int address) {
        return guest.run(guest.java(Pi4jI2cRead.class, String.valueOf(address), "0"), Duration.ofMinutes(3))
                .output();
    }
}
