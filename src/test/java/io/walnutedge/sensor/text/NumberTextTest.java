package io.walnutedge.sensor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
    private static final List<String> NUMBERS =
            List.of("25", "-7.5", "+7.5", ".5", "100.", "1.5e3", "2E-3", "0", "-0.001", "1013.25");

    private static final List<String> UNITS = List.of(
            "°C", "℃", "ºC", "˚C", "° C", "'C", "C", "degC", "°F", "℉", "F", "K", "°", "%", "％", "%RH", "% RH", "%rH",
            "‰", "ppm", "ppb", "hPa", "Pa", "kPa", "mbar", "bar", "psi", "mmHg", "m", "cm", "mm", "km", "in", "ft", "V",
            "mV", "kV", "A", "mA", "µA", "μA", "uA", "W", "kW", "Wh", "kWh", "VA", "var", "J", "kJ", "Ω", "kΩ",
            "\u2126", "ohm", "Hz", "kHz", "MHz", "rpm", "lx", "lm", "g", "kg", "t", "lb", "L", "l", "ml", "m³", "m3",
            "m^3", "m²", "L/min", "l/h", "m³/h", "m/s", "m/s²", "m/s^2", "km/h", "mph", "kn", "µg/m³", "μg/m3", "ug/m3",
            "mg/m³", "W/m²", "kWh/m²", "µS/cm", "dB", "dBm", "dBA", "pH", "s", "ms", "min", "h", "d", "B", "kB", "KiB",
            "MiB", "GiB", "Mbit/s", "MB/s", "°/s", "rad/s", "N", "N·m", "kg·m⁻³", "Bq/m³", "µSv/h", "cpm", "/min",
            "counts", "度", "摄氏度", "米", "厘米", "千帕", "千瓦");

    private static final List<String> BETWEEN = List.of("", " ", "  ", "\t", "\u00a0", "\u202f", "\u2009");
    private static final List<String> AROUND = List.of("", "\n", "\r\n", " ", "\t", "\n\n");

    private static double only(String text) throws SensorException {
        return NumberText.only(text, "/x");
    }

    /** Every number with every unit, whatever white space is between and around. */
    @Test
    void oneNumberWithAnOptionalUnit_isTaken() throws Exception {
        for (var number : NUMBERS) {
            var expected = Double.parseDouble(number);
            for (var around : AROUND) {
                assertThat(only(around + number + around)).isEqualTo(expected);
                for (var unit : UNITS) {
                    for (var between : BETWEEN) {
                        var text = around + number + between + unit + around;
                        assertThat(only(text)).as("'%s'", text).isEqualTo(expected);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- 5.2",
                "-\t5.2",
                "- 5.2 °C",
                "--5",
                "+-5",
                "− 5",
                "\u22125",
                "\u20135",
                "\uff0d5",
                "16 829 004",
                "16\u00a0829\u00a0004",
                "16\u202f829",
                "16'829",
                "16,829",
                "16.829.004",
                "16_829",
                "23,5",
                "23，5",
                "error 110",
                "Error: 110",
                "E110",
                "err=3",
                "110 error",
                "110 errors",
                "5 of 8",
                "0 ok",
                "21.5 stale",
                "21.5 (old)",
                "21.5 22.5",
                "21.5\n22.5",
                "21.5;22.5",
                "21.5/22.5",
                "21.5 °C 45 %",
                "21.5 °C\n45 %",
                "t=21.5",
                "T: 21.5",
                "temp=48.2'C",
                "CO2: 415 ppm",
                "sensor-5: 23",
                "{\"t\":21.5}",
                "[21.5]",
                "(21.5)",
                "\"21.5\"",
                "$5",
                "~5",
                "<5",
                ">5",
                "≈5",
                "±5",
                "5±1",
                "5+1",
                "5-10",
                "5 - 10",
                "5..10",
                "5…",
                "5!",
                "5?",
                "5*",
                "#5",
                "1/2",
                "½",
                "1½",
                "5²",
                "2026-01-02",
                "12:30",
                "12:30:00",
                "1h20",
                "1 h 20 min",
                "10.0.0.1",
                "0x1F",
                "0b1",
                "1FH",
                "12abc",
                "1e",
                "1e+",
                "1.2.3",
                "1.#IND",
                "1.5f e",
                "5 e",
                "5 k",
                "5 M",
                "5 µ",
                "5 x",
                "5 mm mm",
                "5 m m",
                "5 m/",
                "5 /",
                "nan",
                "NaN",
                "-nan",
                "inf",
                "-Infinity",
                "infinity",
                "nan °C",
                "hello",
                "-",
                "+",
                ".",
                "°C",
                "%",
                "null",
                "true",
                "N/A",
                "---",
                "OL",
                "1e999",
                "-1e999 °C",
                "\u0661\u0662",
                "5\u0663",
                "\u06635",
                "\uff15",
                "五",
                "5\ud83d\ude00",
                "5 \u202e",
                "\u200b5",
                "5\u200b",
                "5\ud800"
            })
    void anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> only(text)).isInstanceOf(SensorException.class).hasMessageStartingWith("/x holds ");
    }

    /** A second character of any kind that is not a number's nor a unit's makes it something else. */
    @Test
    void everyCharacterBehindAndBefore_isWhiteSpaceOrAUnitOrRefused() {
        var behind = new ArrayList<String>();
        var before = new ArrayList<String>();
        for (var point = 0; point <= Character.MAX_CODE_POINT; point += point < 0x10000 ? 1 : 257) {
            var c = Character.toString(point);
            if (!isRefused("7" + c) && c.strip().length() > 0) {
                behind.add(c);
            }
            if (!isRefused(c + "7") && c.strip().length() > 0) {
                before.add(c);
            }
        }
        assertThat(before).containsExactly("+", "-", ".", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(String.join("", behind))
                .isEqualTo("%.0123456789ABCFGHJKLNSTVWdghlmst°º˚Ω‰\u2103\u2109\u2126伏克分升天安帕度欧瓦秒米赫转％"
                        .codePoints()
                        .sorted()
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining()));
    }

    private static boolean isRefused(String text) {
        try {
            only(text);
            return false;
        } catch (SensorException refused) {
            return true;
        }
    }

    @Test
    void emptyText_holdsNoNumber() {
        for (var text : List.of("", " ", "\r\n")) {
            assertThatThrownBy(() -> only(text)).hasMessage("/x holds no number");
        }
    }

    @Test
    void refusal_saysTheCure_andShowsTheLineApart() {
        assertThatThrownBy(() -> only("16 829 004\n"))
                .hasMessage(
                        "/x holds something else than one number with an optional unit; give a pattern whose group is"
                                + " the number, as in pattern = \"level=([-+.0-9]+)\"")
                .satisfies(why -> assertThat(((SensorException) why).inFull()).endsWith("; it was '16 829 004'"));
        assertThatThrownBy(() -> only("7\u001b[2J" + "x".repeat(100_000)))
                .satisfies(why -> assertThat(((SensorException) why).inFull())
                        .endsWith("; it was '7\\u001b[2J" + "x".repeat(55) + "...'"));
    }

    @Test
    void pattern_isTheOnlySearch() throws Exception {
        var values = new TextValues(
                Optional.of(new PatternText(Pattern.compile("error ([0-9]+)"))),
                List.of(new TextValues.Item("", Quantity.CO2)));
        assertThat(values.find("error 110", "/x").get(0).value().format(0)).isEqualTo("110");
        assertThat(values.find("110", "/x")).isEmpty();
    }
}
