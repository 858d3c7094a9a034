package io.walnutedge.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private static Map<String, @Nullable Object> read(String text) throws JsonException {
        return JsonReader.object(text.getBytes(UTF_8), 4096, 4);
    }

    @Test
    void object_withEachType_givesPlainJavaTypes() throws JsonException {
        var text = "{\"s\":\"a\\u00e9}\\\"\",\"n\":-1.50e1,\"b\":true,\"z\":null,\"l\":[1,[]],\"o\":{\"k\":\"v\"}}";
        var object = read(" " + text + "\r\n");
        assertThat(object)
                .containsEntry("s", "aé}\"")
                .containsEntry("n", new BigDecimal("-1.50e1"))
                .containsEntry("b", true)
                .containsEntry("l", List.of(BigDecimal.ONE, List.of()))
                .containsEntry("o", Map.of("k", "v"))
                .hasSize(6);
        assertThat(object.get("z")).isNull();
    }

    @Test
    void object_keepsTheOrderOfKeys() throws JsonException {
        assertThat(read("{\"z\":1,\"a\":2,\"m\":3}").keySet()).containsExactly("z", "a", "m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{}}",
                "{}{}",
                "{} x",
                "{},0]",
                "[]",
                "[{}]",
                "1",
                "\"{}\"",
                "null",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\" 1}",
                "{\"a\":}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1]",
                "{\"a\":[1}}",
                "{\"a\":[1,]}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":0x10}",
                "{\"a\":1e99999999999}",
                "{\"a\":tru}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\\ud800\"}",
                "{\"\\ud800\":1}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"a",
                "{\"a\\",
                "{\"a\":\"\\",
                "{\"a\":\"\\u",
                "\uFEFF{}",
                "\u00a0{}",
                "/**/{}"
            })
    void object_thatIsNone_isRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(JsonException.class);
    }

    @Test
    void object_withHugeNumber_isReadWithoutItsDigits() throws JsonException {
        assertThat(read("{\"a\":1e999999999}")).containsEntry("a", new BigDecimal("1e999999999"));
    }

    @Test
    void object_atTheDepthAllowed_isRead_andOneDeeperIsRefused() throws JsonException {
        assertThat(read("{\"a\":[[[]]]}")).containsKey("a");
        assertThatThrownBy(() -> read("{\"a\":[[[[]]]]}")).hasMessage("nested too deep; at most 4");
    }

    @Test
    void object_nestedTenThousandDeep_isRefusedAndNotTheStack() {
        var deep = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThatThrownBy(() -> JsonReader.object(deep.getBytes(UTF_8), 1 << 20, 8))
                .hasMessage("nested too deep; at most 8");
        assertThatThrownBy(() -> JsonReader.object("{}" + "[".repeat(10_000), 8))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void object_ofAllBytesAllowed_isRead_andOneMoreIsRefused() throws JsonException {
        var most = "{}" + " ".repeat(4094);
        assertThat(read(most)).isEmpty();
        assertThatThrownBy(() -> read(most + " ")).hasMessage("4097 bytes are too many; at most 4096");
    }

    @Test
    void object_ofMalformedUtf8_isRefused() {
        var bytes = new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'};
        assertThatThrownBy(() -> JsonReader.object(bytes, 4096, 4)).hasMessage("not valid UTF-8");
        var surrogate = new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'};
        assertThatThrownBy(() -> JsonReader.object(surrogate, 4096, 4)).hasMessage("not valid UTF-8");
    }

    @Test
    void object_ofRandomText_throwsNothingElse() {
        var seed = 20260102L;
        var random = new Random(seed);
        var alphabet = "{}[]\",:\\u0123456789eE+-. \ntrufalsn\u00e9\ud800/";
        var read = 0;
        for (var round = 0; round < 20_000; round++) {
            var text = new StringBuilder(random.nextBoolean() ? "{\"a\":" : "{");
            for (var i = random.nextInt(24); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            text.append(random.nextBoolean() ? "}" : "");
            try {
                JsonReader.object(text.toString(), 4);
                read++;
            } catch (JsonException refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
        }
        assertThat(read).as("seed %d", seed).isPositive();
    }
}
