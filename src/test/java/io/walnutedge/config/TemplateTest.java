package io.walnutedge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private final Problems problems = new Problems();

    private Template read(String text) {
        return Template.read(ConfigFile.parse("template = \"\"\"" + text + "\"\"\"", problems), "template");
    }

    private static String render(Template template, Map<Template.Field, String> values) {
        return template.render(field -> values.getOrDefault(field, "?"));
    }

    @Test
    void render_fillsInEachField_andNothingElse() {
        var template = read("{quantity}={value} {not-a-field}");
        assertThat(problems.list()).singleElement().asString().contains("{not-a-field} is no field");
        var other = read("{quantity}={value}{unit} {Value} {} { value }");
        assertThat(render(
                        other,
                        Map.of(
                                Template.Field.QUANTITY, "temperature",
                                Template.Field.VALUE, "21.50",
                                Template.Field.UNIT, "°C")))
                .isEqualTo("temperature=21.50°C {Value} {} { value }");
        assertThat(template.isJson()).isFalse();
    }

    /** A unit or a text is somebody's; whatever it is, the payload stays the JSON that was written. */
    @Test
    void render_ofJsonEscapes() {
        var template = read("{\"u\":\"{unit}\",\"v\":{value}}");
        assertThat(problems.list()).isEmpty();
        assertThat(render(template, Map.of(Template.Field.UNIT, "\"\\\n", Template.Field.VALUE, "-3")))
                .isEqualTo("{\"u\":\"\\\"\\\\\\n\",\"v\":-3}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"a\":{valu}}; did you mean 'value'?",
                "{\"a\":{value}; is no JSON when its fields are filled in",
                "{\"a\":{unit}}; is no JSON when its fields are filled in"
            })
    void read_mistakesAreTold(String text, String message) {
        read(text);
        assertThat(problems.list()).first().asString().contains(message);
    }
}
