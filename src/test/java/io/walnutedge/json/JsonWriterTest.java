package io.walnutedge.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonWriterTest {
    @Test
    void object_isWrittenInOrderOnOneLine() {
        var inner = new JsonWriter().put("b", false);
        assertThat(new JsonWriter()
                        .putNumber("value", "21.50")
                        .put("unit", "°C")
                        .put("seq", 17)
                        .put("inner", inner))
                .hasToString("{\"value\":21.50,\"unit\":\"°C\",\"seq\":17,\"inner\":{\"b\":false}}");
    }

    @Test
    void object_withoutMembers_isEmpty() {
        assertThat(new JsonWriter()).hasToString("{}");
    }

    @Test
    void text_thatNeedsEscapes_comesBackAsItWas() throws JsonException {
        var text = "\"\\ \n\t\u0000\u0085 </a> 水 😀";
        assertThat(JsonReader.object(new JsonWriter().put(text, text).toString(), 1))
                .containsEntry(text, text);
    }

    @Test
    void number_thatIsNone_isRefused() {
        var writer = new JsonWriter();
        assertThatThrownBy(() -> writer.putNumber("value", "NaN")).isInstanceOf(NumberFormatException.class);
    }
}
