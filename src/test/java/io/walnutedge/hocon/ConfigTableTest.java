package io.walnutedge.hocon;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.OutputConfig;
import io.walnutedge.config.PayloadFormat;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTableTest {
    private static final Duration MIN = Duration.ofMillis(10);
    private static final Duration MAX = Duration.ofDays(1);

    private final Problems problems = new Problems();

    private ConfigTable settings(String hocon) {
        return ConfigFile.parse(hocon, problems);
    }

    private String problem() {
        assertThat(problems.list()).hasSize(1);
        return problems.list().get(0).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "500 ms, PT0.5S",
        "10 s, PT10S",
        "10s, PT10S",
        "1.5 s, PT1.5S",
        "2 min, PT2M",
        "2 m, PT2M",
        "1 h, PT1H",
        "1 d, PT24H",
        "10000 us, PT0.01S",
        "10 seconds, PT10S"
    })
    void duration_with_unit_is_read(String text, Duration expected) {
        assertThat(settings("every = " + text).duration("every", MIN, MIN, MAX)).isEqualTo(expected);
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void duration_without_unit_is_refused_and_the_unit_suggested() {
        settings("every = 5").duration("every", MIN, MIN, MAX);
        assertThat(problem()).contains("String: 1: every: 5 has no unit; write 5 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "5 parsecs", "-1 s", "1e3 s", "true", "[1 s]", "99999999999999999999 s"})
    void duration_that_is_none_is_refused(String text) {
        settings("every = " + text).duration("every", MIN, MIN, MAX);
        assertThat(problem()).contains("is not a time");
    }

    @Test
    void duration_out_of_range_names_the_range() {
        settings("every = 1 ms").duration("every", MIN, MIN, MAX);
        assertThat(problem()).contains("out of range; accepted: 10 ms to 1 d");
    }

    @Test
    void address_in_hexadecimal_is_a_number() {
        assertThat(settings("address = 0x76").address("address", 0x40)).isEqualTo(0x76);
        assertThat(settings("address = 118").address("address", 0x40)).isEqualTo(0x76);
        assertThat(problems.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x78", "0x07", "0x", "76h", "1.5", "\"118x\"", "{}"})
    void address_that_is_none_is_refused(String text) {
        settings("address = " + text).address("address", 0x40);
        assertThat(problem()).contains("no I2C address; accepted: 0x08 to 0x77");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.7", "twelve", "\"12x\"", "true", "[1]"})
    void integer_that_is_none_is_refused(String text) {
        settings("n = " + text).integer("n", 1, 0, 100);
        assertThat(problem()).contains("is not a whole number from 0 to 100");
    }

    @Test
    void number_that_is_a_text_serves_because_the_environment_has_only_texts() {
        assertThat(settings("n = \"12\"").integer("n", 1, 0, 100)).isEqualTo(12);
        assertThat(settings("n = \"-1.5\"").number("n", 1, -10, 10)).isEqualTo(-1.5);
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void integer_beyond_int_is_out_of_range() {
        settings("n = 99999999999").integer("n", 1, 0, 100);
        assertThat(problem()).contains("out of range");
    }

    @Test
    void unknown_key_has_its_line_and_a_suggestion() {
        var settings = settings("every = 1 s\n\nevrey = 2 s");
        settings.duration("every", MIN, MIN, MAX);
        settings.finish();
        assertThat(problem())
                .contains("String: 3: evrey: unknown key; did you mean 'every'?")
                .doesNotContain("accepted here");
    }

    @Test
    void unknown_key_far_from_any_lists_what_is_accepted() {
        var settings = settings("colour = red");
        settings.flag("enabled", true);
        settings.text("name", "x");
        settings.finish();
        assertThat(problem()).contains("unknown key; accepted here: enabled, name");
    }

    @Test
    void missing_key_is_told_at_the_line_of_its_table() {
        var room =
                settings("\nsensors {\n  room { }\n}").sectionOrEmpty("sensors").sectionOrEmpty("room");
        room.text("type");
        assertThat(problem()).contains("String: 3: sensors.room.type: is required and missing");
    }

    @Test
    void null_counts_as_missing() {
        assertThat(settings("a = null").text("a", "default")).isEqualTo("default");
    }

    @ParameterizedTest
    @CsvSource({"on, true", "off, false", "true, true", "false, false", "yes, true", "no, false"})
    void flag_takes_the_usual_words(String word, boolean expected) {
        assertThat(settings("f = " + word).flag("f", !expected)).isEqualTo(expected);
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void flag_that_is_none_is_refused() {
        settings("f = maybe").flag("f", true);
        assertThat(problem()).contains("is not true or false");
    }

    @Test
    void choice_names_all_and_suggests_the_nearest() {
        settings("format = jsno").choice("format", PayloadFormat.PLAIN);
        assertThat(problem()).contains("is none of plain, json, template; did you mean 'json'?");
    }

    @Test
    void choice_takes_true_for_on() {
        assertThat(settings("initial = true").choice("initial", OutputConfig.Initial.OFF))
                .isEqualTo(OutputConfig.Initial.ON);
    }

    @Test
    void text_that_is_a_number_is_refused() {
        settings("topic = 25").text("topic", "x");
        assertThat(problem()).contains("25 is not a text");
    }

    @Test
    void several_problems_come_in_the_order_of_lines() {
        var settings = settings("a = x\nb = x\nc = x");
        settings.integer("c", 0, 0, 1);
        settings.integer("a", 0, 0, 1);
        settings.integer("b", 0, 0, 1);
        assertThat(problems.list()).extracting(Problem::path).containsExactly("a", "b", "c");
    }

    @Test
    void list_is_read_by_the_getters_in_its_order() {
        var list = settings("a = [0x10, [1], { b = 2 }, x, 5, 6, 7, 8, 9, 10, 11]")
                .list("a")
                .orElseThrow();
        assertThat(list.keys()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(list.integer("0", 0, 99)).isEqualTo(16);
        assertThat(list.list("1").orElseThrow().integer("0", 0, 9)).isOne();
        assertThat(list.section("2").orElseThrow().integer("b", 0, 9)).isEqualTo(2);
        list.integer("3", 0, 9);
        assertThat(problem()).contains("a.3: \"x\" is not a whole number");
    }

    @Test
    void list_refuses_what_is_none() {
        assertThat(settings("a = 1").list("a")).isEmpty();
        assertThat(problem()).contains("a: 1 is not a list in [ ]");
    }

    @Test
    void file_named_by_a_text_without_a_file_is_not_found() {
        assertThat(settings("a = b").fileNamedBy("a", "parts")).isEmpty();
        assertThat(problem()).contains("a: there is no parts/b.conf beside the configuration");
    }
}
