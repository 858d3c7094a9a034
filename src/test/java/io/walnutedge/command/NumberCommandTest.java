package io.walnutedge.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.actuator.AngleOutput;
import io.walnutedge.command.CommandTopics.Kind;
import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.ValueRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands for an output whose values are no percents. */
class NumberCommandTest {
    private static final ItemId FLAP = new ItemId("flap");

    private final CommandParser parser =
            new CommandParser(new CommandTargets(List.of(FLAP), Map.of(FLAP, AngleOutput.RANGE), Map.of()));

    private SwitchCommand parse(String payload) throws RefusedException {
        return parse(Kind.SET, payload);
    }

    private SwitchCommand parse(Kind kind, String payload) throws RefusedException {
        var role = new Role("w/t/flap/set", kind, Optional.of(FLAP));
        return ((Command.Switch) parser.parse(role, payload.getBytes(UTF_8)).request()).command();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-45", "-45.0", "-45 °", "-45°", "-45 ° 5 s", "{\"level\":-45}", "{\"level\":-4.5e1}"})
    void value_isTaken_asItsShareOfTheRange(String payload) throws Exception {
        assertThat(parse(payload).level()).hasValue(0.25);
    }

    @Test
    void lowestValue_isOff_andZeroIsNot() throws Exception {
        assertThat(parse("-90").action()).isEqualTo(Action.OFF);
        assertThat(parse("90").level()).hasValue(1);
        assertThat(parse(Kind.HOMIE_LEVEL, "-90.0").action()).isEqualTo(Action.OFF);
        assertThat(parse(Kind.HOMIE_LEVEL, "0").level()).hasValue(0.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "91 | accepted: -90 to 90 °",
                "-91 | accepted: -90 to 90 °",
                "{\"level\":90.1} | accepted: -90 to 90 °",
                "{\"level\":\"45\"} | 'level' is not a number of degrees, as in -18",
                "45 % | ",
                "NaN | ",
                "--45 | ",
                "{\"level\":NaN} | ",
                "{\"state\":\"ON\",\"level\":-90} | 'state' and 'level' contradict each other",
            })
    void whatIsNoValueOfTheRange_isRefused(String payload, String why) {
        assertThatThrownBy(() -> parse(payload))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(why == null ? "" : why);
    }

    @Test
    void homieLevel_ofAnotherRange_isRefused() {
        assertThatThrownBy(() -> parse(Kind.HOMIE_LEVEL, "NaN")).hasMessageContaining("accepted: -90 to 90");
        assertThatThrownBy(() -> parse(Kind.HOMIE_LEVEL, "-91")).hasMessageContaining("accepted: -90 to 90 °");
    }

    @Test
    void rememberedMessages_areAsManyAsTheValues_upToALimit() {
        assertThat(DesiredMemory.most(ValueRange.PERCENT)).isEqualTo(128);
        assertThat(DesiredMemory.most(AngleOutput.RANGE)).isEqualTo(208);
        assertThat(DesiredMemory.most(new ValueRange(Integer.MIN_VALUE, Integer.MAX_VALUE, "lm", "lumens")))
                .isEqualTo(512);
    }
}
