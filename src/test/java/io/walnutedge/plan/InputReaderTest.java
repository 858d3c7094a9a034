package io.walnutedge.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.sensor.Drivers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputReaderTest {
    private static Plan read(String hocon) throws ConfigException {
        var problems = new Problems();
        return new PlanReader(Drivers.of(), (device, pin) -> pin).read(ConfigFile.parse(hocon, problems), problems);
    }

    private static List<String> mistakes(String hocon) {
        var refused = catchThrowableOfType(ConfigException.class, () -> read("device.id = a\n" + hocon));
        assertThat(refused).as("refused").isNotNull();
        return refused.problems().stream()
                .map(problem ->
                        problem.where().replaceFirst(".*: *", "") + " " + problem.path() + ": " + problem.message())
                .toList();
    }

    @Test
    void inputs_ofBothTypes_areRead() throws ConfigException {
        var plan = read(
                "device.id = a\ninputs { a { pin = 1 }, b { pin = 2, type = counter }, c { pin = 3, type = gpio } }");
        assertThat(plan.inputs())
                .extracting(input -> input.counter().isPresent())
                .containsExactly(false, true, false);
    }

    @ParameterizedTest
    @CsvSource({
        "frequency, a frequency is the rate of a counter",
        "countr, did you mean 'counter'?",
        "button, 'accepted: gpio, counter'"
    })
    void typeThatIsNone_isTheOnlyMistake(String type, String hint) {
        assertThat(mistakes("inputs { a { pin = 1, type = " + type + ", wheels = 4 } }"))
                .singleElement()
                .asString()
                .startsWith("2 inputs.a.type: '" + type + "' is not a type of inputs")
                .contains(hint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"walnutpi/a/key/event", "walnutpi/a/meter/total", "walnutpi/a/meter/rate"})
    void topicsBesideAnInput_areItsOwn(String topic) {
        assertThat(mistakes("""
            inputs {
              key { pin = 1, long-press = 1 s }
              meter { pin = 2, type = counter }
              other { pin = 3, topic = %s }
            }\
            """.formatted(topic)))
                .singleElement()
                .asString()
                .startsWith("5 inputs.other.topic: topic '" + topic + "' is used by inputs.")
                .endsWith(" already");
    }

    @Test
    void topicOfACounter_isToldWithItsOwnLine() {
        assertThat(mistakes("""
            inputs {
              one { pin = 1, topic = T }
              two { pin = 2, type = counter
                rate { topic = T } }
            }\
            """))
                .containsExactly("5 inputs.two.rate.topic: topic 'T' is used by inputs.one (line 3) already");
    }

    @Test
    void topicsThatAreNotPublished_areFree() throws ConfigException {
        var plan = read("""
            device.id = a
            inputs {
              key { pin = 1 }
              meter { pin = 2, type = counter, rate { enabled = false } }
              x { pin = 3, topic = walnutpi/a/key/event }
              y { pin = 4, topic = walnutpi/a/meter/rate }
            }\
            """);
        assertThat(plan.inputs()).hasSize(4);
    }

    @Test
    void longTopic_whoseEventTopicIsTooLong_isAMistake() {
        assertThat(mistakes("inputs { a { pin = 1, events = true, topic = " + "t".repeat(65_533) + " } }"))
                .singleElement()
                .asString()
                .contains("longer than 65535 bytes");
    }
}
