package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.grack.nanojson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our own drivers of outputs on chips, through Pi4J's native; {@link KernelOutputsIT} has the kernel judge the chips. */
@Tag("board-arm64")
@ExtendWith(SharedBoard.class)
class ChipOutputsIT {
    @BeforeEach
    void reset(Chips chips) {
        chips.set(Board.MCP23017, "reset", true);
        chips.set(Board.PCA9685, "reset", true);
        chips.plug(Board.MCP23017);
    }

    @AfterEach
    void release(I2cProgram i2c) {
        i2c.ask("release all");
    }

    private static int levels(Chips chips) {
        return chips.state(Board.MCP23017).getInt("levels");
    }

    private static double duty(Chips chips, int channel) {
        return ((Number) chips.state(Board.PCA9685).getArray("duty").get(channel)).doubleValue();
    }

    @Test
    void mcp23017_drivesItsLines_andNoOthers(I2cProgram i2c, Chips chips) {
        assertThat(levels(chips)).isEqualTo(0xffff);
        chips.log();
        i2c.ask("output pump mcp23017 address=0x21,line=B1");
        assertThat(chips.state(Board.MCP23017).getInt("inputs")).isEqualTo(0xfdff);
        assertThat(levels(chips)).isEqualTo(0xfdff);
        i2c.ask("drive pump 1");
        assertThat(levels(chips)).isEqualTo(0xffff);
        // the kernel searches its one-wire bus through the DS2482 beside it, whenever it likes
        assertThat(chips.log().stream()
                        .filter(message -> message.address() == Board.MCP23017)
                        .filter(message -> !message.read() && message.data().length() > 2)
                        .map(Chips.Message::data))
                .as("the direction, while the latch is low already; then the latch")
                .containsExactly("00fffd", "140002");
        i2c.ask("output lamp mcp23017 address=0x21,line=A0");
        assertThat(levels(chips)).as("A0 low, B1 as before").isEqualTo(0xfffe);
        i2c.ask("drive pump 0");
        assertThat(i2c.ask("level pump")).isEqualTo("0.0");
        assertThat(levels(chips)).isEqualTo(0xfdfe);
        i2c.ask("release all");
        assertThat(levels(chips)).as("closed, each keeps its level").isEqualTo(0xfdfe);
    }

    @Test
    void mcp23017_thatLostItsPower_isAnErrorOnce_andThenDrivenAgain(I2cProgram i2c, Chips chips) {
        i2c.ask("output pump mcp23017 address=0x21,line=B1");
        i2c.ask("drive pump 1");
        chips.set(Board.MCP23017, "reset", true);
        assertThat(i2c.fails("drive pump 1")).contains("was reset");
        i2c.ask("output pump mcp23017 address=0x21,line=B1");
        assertThat(levels(chips)).isEqualTo(0xfdff);
    }

    @Test
    void mcp23017_thatIsUnplugged_isAnError_andComesBack(I2cProgram i2c, Chips chips) {
        i2c.ask("output pump mcp23017 address=0x21,line=B1");
        chips.unplug(Board.MCP23017);
        i2c.fails("drive pump 1");
        i2c.fails("level pump");
        assertThat(levels(chips)).isEqualTo(0xfdff);
        chips.plug(Board.MCP23017);
        i2c.ask("drive pump 1");
        assertThat(levels(chips)).isEqualTo(0xffff);
    }

    @Test
    void pcf8574_drivesItsLines_andNoOthers(I2cProgram i2c, Chips chips) {
        i2c.ask("output valve pcf8574 address=0x20,line=3");
        assertThat(chips.state(Board.PCF8574).getInt("latch")).isEqualTo(0xf7);
        i2c.ask("drive valve 1");
        assertThat(chips.state(Board.PCF8574).getInt("latch")).isEqualTo(0xff);
    }

    @Test
    void pca9685_hasItsDutyAndFrequency(I2cProgram i2c, Chips chips) {
        i2c.ask("output fan pca9685 address=0x41,channel=2,frequency=1000");
        JsonObject state = chips.state(Board.PCA9685);
        assertThat(state.getBoolean("sleeps")).isFalse();
        assertThat(state.getDouble("hertz")).isCloseTo(1000, within(1000 * 0.1)); // steps of one in six here
        for (double level : List.of(0.25, 0.5, 0.999, 1.0, 0.0)) {
            i2c.ask("drive fan " + level);
            assertThat(duty(chips, 2)).isCloseTo(level, within(0.5 / 4096));
            assertThat(Double.parseDouble(i2c.ask("level fan"))).isCloseTo(level, within(0.5 / 4096));
            assertThat(duty(chips, 1)).isZero();
        }
    }

    @Test
    void pca9685_thatLostItsPower_isAnErrorOnce(I2cProgram i2c, Chips chips) {
        i2c.ask("output fan pca9685 address=0x41,channel=2");
        i2c.ask("drive fan 0.5");
        chips.set(Board.PCA9685, "reset", true);
        assertThat(i2c.fails("drive fan 0.5")).contains("was reset");
    }
}
