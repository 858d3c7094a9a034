package io.walnutedge.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.Problem;
import io.walnutedge.hocon.Problems;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterReaderTest {
    private static List<String> problems(String hocon) {
        var problems = new Problems();
        Filters.read(FilterRig.settings(hocon, problems), "W");
        return problems.list().stream().map(Problem::toString).toList();
    }

    private static String problem(String hocon) {
        var problems = problems(hocon);
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private static Filters good(String filters) {
        return new FilterRig().read("filters = [ " + filters + " ]");
    }

    @Test
    void filters_missingOrEmpty_areNone() {
        assertThat(problems("")).isEmpty();
        assertThat(problems("filters = []")).isEmpty();
    }

    @Test
    void filters_unknownName_isShownAtItsLineWithTheNearest() {
        assertThat(problem("filters = [\n { offset = 1 }\n { medain = 5 }\n]"))
                .contains("3: filters[1].medain: unknown key; did you mean 'median'?");
        assertThat(problem("filters = [ { fizz = 5 } ]")).contains("accepted here: average, calibrate, clamp, convert");
    }

    @Test
    void filters_bareWord_isRefusedWithTheNames() {
        assertThat(problem("filters = [\n { offset = 1 }\n thortle ]"))
                .contains(
                        "3: filters[1]: \"thortle\" is not a table with a key, as in { key = ... }; accepted: average,")
                .endsWith("did you mean 'throttle'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filters = [ {} ]", "filters = [ [ 1 ] ]", "filters = [ 3 ]"})
    void filters_entryWithoutAName_isRefused(String hocon) {
        assertThat(problem(hocon)).contains("1: filters[0]: ").contains("is not a table with a key");
    }

    @Test
    void filters_noList_isRefused() {
        assertThat(problem("\nfilters { offset = 1 }")).contains("2: filters: ").contains("is not a list of tables");
    }

    @Test
    void filters_severalInOneEntry_areRefused() {
        assertThat(problem("filters = [\n { offset = 1, median = 3 } ]"))
                .contains("2: filters[0]: has several filters: median, offset; write each in { }");
    }

    @Test
    void filters_tooMany_areRefused() {
        assertThat(problems("filters = [ " + "{ offset = 1 }, ".repeat(32) + " ]"))
                .isEmpty();
        assertThat(problem("filters = [ " + "{ offset = 1 }, ".repeat(33) + " ]"))
                .contains("33 are too many; at most 32");
    }

    static Set<String> names() {
        return new FilterReader("W").names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyFilter_withAValueOfAnotherType_isShownByItsKeyAndLine(String name) {
        for (var wrong : List.of("[ 1 ]", "nonsense", "{ nonsense = 1 }")) {
            assertThat(problems("filters = [\n { " + name + " = " + wrong + " } ]"))
                    .as(wrong)
                    .anySatisfy(problem -> assertThat(problem).contains("2: filters[0]." + name));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ offset = warm }                       | offset: \"warm\" is not a number",
                "{ median = 0 }                          | median: 0 is out of range; accepted: 1 to 1000",
                "{ median = 1.5 }                        | median: 1.5 is not a whole number",
                "{ average = 1001 }                      | average: 1001 is out of range; accepted: 1 to 1000",
                "{ average { last = 3 } }                | average.over: is required and missing",
                "{ average { over = 2 d } }              | average.over: \"2 d\" is out of range",
                "{ min = 3 }                             | min: 3 is not a table",
                "{ max { over = 5 } }                    | max.over: 5 has no unit; write 5 s",
                "{ smooth = 0 }                          | smooth: 0 is out of range",
                "{ smooth = 1.1 }                        | smooth: 1.1 is out of range",
                "{ round = 0 }                           | round: 0 is out of range",
                "{ throttle = 10 }                       | throttle: 10 has no unit; write 10 s",
                "{ delta { heartbeat = 1 min } }         | delta.by: is required and missing",
                "{ delta { by = -1 } }                   | delta.by: -1 is out of range",
                "{ delta { by = 1, hartbeat = 1 min } }  | delta.hartbeat: unknown key; did you mean 'heartbeat'?",
                "{ clamp {} }                            | clamp: needs min or max",
                "{ clamp { min = 2, max = 1 } }          | clamp.min: is above max",
                "{ reject {} }                           | reject: needs below, above or jump",
                "{ reject { below = 2, above = 1 } }     | reject.below: is greater than above",
                "{ reject { below = 2, after = 4 } }     | reject.after: is of a jump",
                "{ reject { jump = 0 } }                 | reject.jump: 0 is out of range",
                "{ convert { to = kWh } }                | convert.to: kWh is a unit of energy, and W is one of power",
                "{ convert { from = \"°C\", to = hPa } } | convert.to: hPa is a unit of pressure, and °C is one of"
                        + " temp",
                "{ convert { from = W } }                | convert.to: is required and missing",
                "{ convert { from = hPb, to = kPa } }    | convert.from: 'hPb' is not a unit that can be converted",
                "{ integrate { per = d } }               | integrate.per: \"d\" is none of s, min, h",
                "{ integrate {} }, { integrate {} }      | integrate: there is an integral before it",
                "{ calibrate {} }                        | calibrate.points: there are 0; accepted: 2 to 100",
                "{ calibrate { points = [[1, 2, 3], [1, 2], [3, 4]] } }  | calibrate.points[0]: [1,2,3] is not a list"
                        + " of 2",
                "{ calibrate { points = [[1, two], [1, 2], [3, 4]] } }   | calibrate.points[0]: [1,\"two\"] is not a"
                        + " list of 2",
                "{ calibrate { points = [[1, 2], [1, 3], [2, 3]] } }     | calibrate.points: the raw value 1.0 is"
                        + " there twice",
                "{ calibrate { points = [[1, 2], [2, 3]], degree = 1 } } | calibrate.degree: is of a polynomial",
                "{ calibrate { points = [[1, 2], [2, 3]], method = polynomial } } | calibrate.points: there are 2;"
                        + " accepted: 3",
            })
    void filter_thatIsWrong_isShownByItsKeyAndLine(String filter, String expected) {
        assertThat(problems("filters = [\n { factor = 2 }\n " + filter + " ]"))
                .anySatisfy(
                        problem -> assertThat(problem).contains("3: filters[").contains("]." + expected));
    }

    @Test
    void calibrate_wrongPoint_isShownAtItsOwnLine() {
        assertThat(problem("filters = [ { calibrate { points = [\n [1, 2]\n [2, 3]\n [3] ] } } ]"))
                .contains("4: filters[0].calibrate.points[2]: [3] is not a list of 2 numbers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ offset = 1 }                                       | W     | false",
                "{ convert { to = kW } }                              | kW    | false",
                "{ integrate {} }                                     | Wh    | true",
                "{ integrate { per = min } }                          | W·min | true",
                "{ integrate {} }, { convert { to = kWh } }           | kWh   | true",
                "{ convert { from = F, to = C } }                     | °C    | false",
                "{ convert { from = \"l/h\", to = \"l/min\" } }, { integrate { per = min } } | l | true",
            })
    void unit_isThatOfWhatComesOut(String filters, String unit, boolean kept) {
        assertThat(good(filters).unit()).isEqualTo(unit);
        assertThat(good(filters).isKept()).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ round = 1, gap = 1 s } | gap: unknown key",
                "{ delta { by = 1, gap = 1 s } } | gap: unknown key",
                "{ throttle = 1 s, gap = 1 s } | gap: unknown key",
                "{ average { over = 1 h }, gap = 1 s } | gap: unknown key",
                "{ reject { below = 1, gap = 1 s } } | is of a jump",
                "{ median = 5, gap = 1 ms } | gap",
                "{ median = 5, gap = 2 d } | gap",
                "{ median = 5, gap = soon } | gap"
            })
    void gap_whereItMeansNothing_isAMistake(String filter, String why) {
        assertThat(problem("filters = [ " + filter + " ]")).contains(why);
    }
}
