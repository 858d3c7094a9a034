package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Why the daemon has an I2C provider of its own. When one of these fails, Pi4J has mended it since 2.8.0. */
@Tag("board-arm64")
@ExtendWith(SharedBoard.class)
class NaivePi4jI2cIT {
    /** It notes the address before the kernel has agreed (LinuxFsI2CBus.java, selectBusSlave). */
    @Test
    void secondTryOfARefusedAddress_readsAnotherChip(I2cProgram i2c, Chips chips) {
        chips.temperature(Board.LM75, 25.5);
        i2c.ask("naive-open lm75 " + Board.LM75);
        i2c.ask("naive-open cpu " + Board.CPU_LM75);
        i2c.ask("naive-register lm75 0 2");
        chips.log();

        assertThat(i2c.fails("naive-read cpu 2")).contains("Pi4JException");
        assertThat(i2c.ask("naive-read cpu 2")).isEqualTo("2 1980");

        assertThat(chips.log().stream().filter(message -> message.address() != Board.DS2482))
                .containsExactly(new Chips.Message(true, Board.LM75, "1980", true, false));
    }

    /** It drops the answer of I2C_RDWR, the number of messages sent (LinuxFile.java, ioctl). */
    @Test
    void registerOfAChipThatIsNotThere_readsAsZeros(I2cProgram i2c, Chips chips) {
        i2c.ask("naive-open tmp102 " + Board.TMP102);
        chips.unplug(Board.TMP102);
        try {
            assertThat(i2c.ask("naive-register tmp102 0 2")).isEqualTo("2 0000");
        } finally {
            chips.plug(Board.TMP102);
        }
    }
}
