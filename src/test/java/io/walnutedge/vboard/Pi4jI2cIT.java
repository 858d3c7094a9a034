package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.vboard.Chips.Message;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The daemon's I2C through Pi4J's own native, which exists for ARM only, on a real kernel's bus. */
@Tag("board-arm64")
@ExtendWith(SharedBoard.class)
class Pi4jI2cIT {
    private static final int NOBODY = 0x30;
    /** Its configuration register, 12 bits (TMP102, SBOS397, 7.5.3): another test may have set it to 13. */
    private static final String TMP102_AT_POWER_UP = "0160a0";

    private static Message write(int address, String data) {
        return new Message(false, address, data, true, false);
    }

    private static Message read(int address, String data) {
        return new Message(true, address, data, true, false);
    }

    /** The 1-Wire bus is searched by the kernel every ten seconds, beside any test. */
    private static List<Message> log(Chips chips, int... addresses) {
        List<Integer> wanted = Arrays.stream(addresses).boxed().toList();
        return chips.log().stream()
                .filter(message -> wanted.contains(message.address()))
                .toList();
    }

    @BeforeEach
    void open(I2cProgram i2c, Chips chips) {
        chips.temperature(Board.LM75, 25.5);
        chips.temperature(Board.TMP102, -7.25);
        i2c.ask("open lm75 " + Board.LM75);
        i2c.ask("open tmp102 " + Board.TMP102);
        i2c.ask("write tmp102 " + TMP102_AT_POWER_UP);
        chips.log();
    }

    @AfterEach
    void close(I2cProgram i2c, Chips chips) {
        chips.plug(Board.LM75);
        i2c.ask("close lm75");
        i2c.ask("close tmp102");
    }

    @Test
    void readRegister_isAWriteAndARepeatedStart(I2cProgram i2c, Chips chips) {
        assertThat(i2c.ask("register lm75 0 2")).isEqualTo("1980");

        assertThat(log(chips, Board.LM75))
                .containsExactly(write(Board.LM75, "00"), new Message(true, Board.LM75, "1980", true, true));
    }

    @Test
    void plainWriteAndRead_areTransfersOfTheirOwn(I2cProgram i2c, Chips chips) {
        i2c.ask("write lm75 03");
        assertThat(i2c.ask("read lm75 2")).isEqualTo("5000");
        i2c.ask("write lm75 024b00");
        assertThat(i2c.ask("register lm75 2 2")).isEqualTo("4b00");

        assertThat(log(chips, Board.LM75))
                .containsExactly(
                        write(Board.LM75, "03"),
                        read(Board.LM75, "5000"),
                        write(Board.LM75, "024b00"),
                        write(Board.LM75, "02"),
                        new Message(true, Board.LM75, "4b00", true, true));
    }

    @Test
    void registers_ofOneByteOrAddressedByTwo_areWrittenAndRead(I2cProgram i2c) {
        i2c.ask("open plain " + Board.REGISTERS);
        i2c.ask("open eeprom " + Board.EEPROM);
        try {
            i2c.ask("write plain 10ff80017f");
            assertThat(i2c.ask("register plain 0x10 4")).isEqualTo("ff80017f");
            assertThat(i2c.ask("register plain 0x11 1")).isEqualTo("80");
            i2c.ask("write eeprom 0120deadbeef");
            i2c.ask("write eeprom 0121");
            assertThat(i2c.ask("read eeprom 2")).isEqualTo("adbe");
        } finally {
            i2c.ask("close plain");
            i2c.ask("close eeprom");
        }
    }

    @Test
    void twoAlikeChips_readInTurn_keepTheirValues(I2cProgram i2c) {
        for (int i = 0; i < 3; i++) {
            i2c.ask("write lm75 00");
            i2c.ask("write tmp102 00");
            assertThat(i2c.ask("read lm75 2")).isEqualTo("1980");
            assertThat(i2c.ask("register tmp102 0 2")).isEqualTo("f8c0");
            assertThat(i2c.ask("register lm75 0 2")).isEqualTo("1980");
            assertThat(i2c.ask("read tmp102 2")).isEqualTo("f8c0");
        }
    }

    /** virtio-i2c answers a missing acknowledgement with a short transfer, not with an error. */
    @Test
    void addressWithoutAChip_isAnErrorOfEachTransfer(I2cProgram i2c, Chips chips) {
        i2c.ask("open nobody " + NOBODY);
        try {
            assertThat(i2c.fails("read nobody 2")).contains("SensorException", "0x30 on i2c-1", "0 of 2 bytes");
            assertThat(i2c.fails("register nobody 0 2"))
                    .contains("SensorException", "0x30 on i2c-1 does not answer", "message 1 of 2");
            assertThat(i2c.fails("write nobody 00"))
                    .contains("SensorException", "0x30 on i2c-1 does not answer", "message 1 of 1");
        } finally {
            i2c.ask("close nobody");
        }
        assertThat(log(chips, NOBODY)).hasSize(4).noneMatch(Message::acknowledged);
        assertThat(i2c.ask("register lm75 0 2")).isEqualTo("1980");
    }

    @Test
    void unpluggedChip_isAnErrorUntilItIsBack_andLeavesTheOtherAlone(I2cProgram i2c, Chips chips) {
        assertThat(i2c.ask("register lm75 0 2")).isEqualTo("1980");
        chips.unplug(Board.LM75);
        for (int i = 0; i < 3; i++) {
            assertThat(i2c.fails("register lm75 0 2")).contains("0x48 on i2c-1");
            assertThat(i2c.fails("write lm75 00")).contains("0x48 on i2c-1");
            assertThat(i2c.ask("register tmp102 0 2")).isEqualTo("f8c0");
        }
        chips.plug(Board.LM75);
        chips.temperature(Board.LM75, -12.5);
        assertThat(i2c.ask("register lm75 0 2")).isEqualTo("f380");
    }

    @Test
    void slowChip_isWaitedFor(I2cProgram i2c, Chips chips) {
        chips.delay(Board.LM75, Duration.ofMillis(1500));
        try {
            long before = System.nanoTime();
            assertThat(i2c.ask("register lm75 0 2")).isEqualTo("1980");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(3));
        } finally {
            chips.delay(Board.LM75, Duration.ZERO);
        }
    }

    @Test
    void hangingBus_givesTheRightValueWhenItIsLetGo(I2cProgram i2c, Chips chips) {
        chips.delay(Board.LM75, Duration.ofHours(1));
        try {
            i2c.send("register lm75 0 2");
            Awaitility.await()
                    .during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> !i2c.hasAnswer());
        } finally {
            chips.delay(Board.LM75, Duration.ZERO);
        }
        assertThat(i2c.answer()).isEqualTo("1980");
        assertThat(i2c.ask("register tmp102 0 2")).isEqualTo("f8c0");
    }

    @Test
    void addressOfAKernelDriver_isRefusedEachTime(I2cProgram i2c, Chips chips) {
        i2c.ask("register lm75 0 2");
        chips.log();
        for (int i = 0; i < 2; i++) {
            assertThat(i2c.fails("open cpu " + Board.CPU_LM75))
                    .contains("0x4f on i2c-1 is held by the kernel's driver lm75", "type = iio or hwmon");
            assertThat(i2c.fails("open bridge " + Board.DS2482))
                    .contains("0x18 on i2c-1 is held by the kernel's driver ds2482");
        }
        assertThat(log(chips, Board.LM75, Board.TMP102, Board.CPU_LM75)).isEmpty();
    }

    /** The kernel refuses the address from then on; the bus's descriptor still addresses the other chip. */
    @Test
    void addressTakenByAKernelDriverMeanwhile_neverReachesTheOtherChip(Guest guest, I2cProgram i2c, Chips chips) {
        assertThat(i2c.ask("register lm75 0 2")).isEqualTo("1980");
        assertThat(i2c.ask("register tmp102 0 2")).isEqualTo("f8c0");
        try (KernelDriver lm75 = guest.bind("lm75", Board.LM75)) {
            chips.log();
            for (int i = 0; i < 3; i++) {
                assertThat(i2c.fails("read lm75 2")).contains("0x48 on i2c-1", "busy");
                assertThat(i2c.fails("write lm75 0360")).contains("0x48 on i2c-1", "busy");
                assertThat(i2c.fails("register lm75 0 2")).contains("0x48 on i2c-1", "busy");
            }
            assertThat(log(chips, Board.LM75, Board.TMP102)).isEmpty();
            assertThat(i2c.ask("register tmp102 0 2")).isEqualTo("f8c0");
            assertThat(lm75.read("hwmon/hwmon*/temp1_input")).isEqualTo("25500");
        }
        assertThat(i2c.ask("register lm75 0 2")).isEqualTo("1980");
    }
}
