package io.walnutedge.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** Payloads on the set topics of Homie, which mean one thing only. */
class HomieCommandTest {
    private static final ItemId LAMP = new ItemId("lamp");

    private final CommandParser parser =
            new CommandParser(new CommandTargets(List.of(LAMP), Map.of(LAMP, ValueRange.PERCENT), Map.of()));

    private SwitchCommand parse(Kind kind, String payload) throws RefusedException {
        var role = new Role("homie/5/t/lamp/x/set", kind, Optional.of(LAMP));
        return ((Command.Switch) parser.parse(role, payload.getBytes(UTF_8)).request()).command();
    }

    @Test
    void state_isTrueOrFalse_andNeverALevel() throws Exception {
        assertThat(parse(Kind.HOMIE_STATE, "true").action()).isEqualTo(Action.ON);
        assertThat(parse(Kind.HOMIE_STATE, "true").level()).isEmpty();
        assertThat(parse(Kind.HOMIE_STATE, "false").action()).isEqualTo(Action.OFF);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.01", "0, 0", "100, 1", "12.5, 0.125", "4e1, 0.4", "1.5E1, 0.15", "1e-999, 0"})
    void level_isANumberOfPercent(String payload, double level) throws Exception {
        assertThat(parse(Kind.HOMIE_LEVEL, payload).level()).hasValue(level);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ON", "TRUE", "1", "toggle", "true for 1 s", "{\"state\":\"ON\"}"})
    void whatIsNoBoolean_isRefused(String payload) {
        assertThatThrownBy(() -> parse(Kind.HOMIE_STATE, payload))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("accepted: true, false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NaN", "Infinity", "-", "1e", "40%", "40 1 s", "ON", "-1", "100.1", "1e999", "1e9999999999"})
    void whatIsNoLevel_isRefused(String payload) {
        assertThatThrownBy(() -> parse(Kind.HOMIE_LEVEL, payload))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("0 to 100");
    }
}
