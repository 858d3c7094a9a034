package io.walnutedge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.json.JsonWriter;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {
    private static final int BLOCK = 0x100;

    /** Each character that Unicode has, as the writer escapes it, and as RFC 8259, 7 lets anybody write it. */
    @Test
    void everyText_isReadAsItWasWritten() {
        for (var first = 0; first <= Character.MAX_CODE_POINT; first += BLOCK) {
            var all = IntStream.range(first, first + BLOCK)
                    .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            var text = all + "\"},\"value\":\"b\\";
            var payload = new JsonWriter().put("unit", text).put("value", text).put("state", "x");
            assertThat(JsonValue.VALUE.of(payload.toString())).as("%x", first).isEqualTo(text);
            var escaped =
                    all.chars().mapToObj(unit -> String.format("\\u%04X", unit)).collect(Collectors.joining());
            assertThat(JsonValue.STATE.of("{\"state\" : \"" + escaped + "\\\"\" }"))
                    .as("%x", first)
                    .isEqualTo(all + '"');
        }
        assertThat(JsonValue.VALUE.of("{\"value\":\"\\b\\f\\n\\r\\t\\/\\\\\\\"\"}"))
                .isEqualTo("\b\f\n\r\t/\\\"");
    }

    @Test
    void number_keepsItsDigits_andTheFieldIsTheObjectsOwn() {
        assertThat(JsonValue.VALUE.of("{\"value\":21.50,\"unit\":\"°C\"}")).isEqualTo("21.50");
        assertThat(JsonValue.VALUE.of("{ \"value\" : -1e-3 }")).isEqualTo("-0.001");
        assertThat(JsonValue.VALUE.of("{\"value\":true}")).isEqualTo("true");
        assertThat(JsonValue.UPTIME.of("{\"link\":{\"uptime\":1},\"uptime\":7207}"))
                .isEqualTo("7207");
        assertThat(JsonValue.VALUE.of("{\"unit\":\"x\\\",\\\"value\\\":1\",\"value\":2}"))
                .isEqualTo("2");
    }

    /** Of whatever somebody else puts there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "21.5",
                "\"value\":1",
                "{",
                "{}",
                "{\"value\":null}",
                "{\"value\":{}}",
                "{\"value\":[1]}",
                "[1]",
                "{\"values\":1}",
                "{\"a\":{\"value\":1}}",
                "{\"value\":1}x",
                "{\"value\":\"\\ud800\"}",
                "{\"value\":1,\"value\":2}",
                "{\"value\":nan}",
                "ON \"value\":1"
            })
    void whatHasNoSuchField_isShownAsItCame(String payload) {
        assertThat(JsonValue.VALUE.of(payload)).isEqualTo(payload);
    }

    @Test
    void deepPayload_isShownAsItCame() {
        var payload = "{\"value\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThat(JsonValue.VALUE.of(payload)).isEqualTo(payload);
    }
}
