package io.walnutedge.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.walnutedge.actuator.ActuatorDrivers;
import io.walnutedge.config.OutputConfig.Controller;
import io.walnutedge.config.OutputConfig.Initial;
import io.walnutedge.config.OutputConfig.Interlock;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problem;
import io.walnutedge.hocon.Problems;
import io.walnutedge.sensor.Drivers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputReaderTest {
    private static Plan read(String outputs) throws ConfigException {
        var problems = new Problems();
        var text = "device.id = d\nmqtt.topic-prefix = w\noutputs {\n" + outputs + "\n}";
        return new PlanReader(Drivers.of(), (device, pin) -> pin).read(ConfigFile.parse(text, problems), problems);
    }

    private static List<String> problems(String outputs) {
        return catchThrowableOfType(ConfigException.class, () -> read(outputs)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void everyRule_isRead() throws ConfigException {
        var config = read("""
            a { pin = 11, active-low = true, initial = last, on-stop = keep, safe-state = on, max-on = 1 min,
                min-on = 2 s, min-off = 3 s, pulse = 4 s, link-loss-after = 5 s, confirm = true,
                controller { topic = home/alive, timeout = 6 s } }
            b { pin = 12, interlock = x, dead-time = 7 s, accept-retained = true, format = json }
            """).outputs();
        var a = config.get(0).config();
        assertThat(a.activeLow()).isTrue();
        assertThat(a.initial()).isEqualTo(Initial.LAST);
        assertThat(a.safeOn()).isTrue();
        assertThat(a.confirm()).isTrue();
        assertThat(a.timing()).hasToString("Timing[pulse=PT4S, maxOn=PT1M, minOn=PT2S, minOff=PT3S]");
        assertThat(a.watch().linkLossAfter()).contains(Duration.ofSeconds(5));
        assertThat(a.watch().controller()).contains(new Controller("home/alive", Duration.ofSeconds(6)));
        var b = config.get(1).config();
        assertThat(b.interlock()).contains(new Interlock("x", Duration.ofSeconds(7)));
        assertThat(b.messages())
                .hasToString("Messages[stateTopic=w/d/b, setTopic=w/d/b/set, retain=true, format=JSON,"
                        + " acceptRetained=true]");
    }

    @Test
    void typeThatIsUnknown_isToldWithAllThatAre() {
        assertThat(problems("a { type = pmw, channel = 1 }"))
                .singleElement()
                .asString()
                .contains("'pmw' is not a type of outputs; accepted: "
                        + String.join(", ", ActuatorDrivers.installed().names()) + "; did you mean 'pwm'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a { } | outputs.a.pin: is required and missing",
                "a { pin = 11, max-on = 5 } | 5 has no unit",
                "a { pin = 11, max_on = 5 s } | unknown key; did you mean 'max-on'?",
                "a { pin = 11, pulse = 2 s, max-on = 1 s } | pulse: is longer than max-on",
                "a { pin = 11, min-on = 2 s, max-on = 1 s } | min-on: is longer than max-on",
                "a { pin = 11, fade = 1 s } | fade: is for outputs with levels",
                "a { pin = 11, dead-time = 1 s } | dead-time: is of an interlock",
                "a { pin = 11, interlock = x, safe-state = on } | safe-state: on does not go with an interlock",
                "a { pin = 11, interlock = x, on-stop = on } | on-stop: on does not go with an interlock",
                "a { pin = 11, accept-retained = true, pulse = 1 s } | accept-retained: does not go with pulse",
                "a { pin = 11, controller { timeout = 1 s } } | controller.topic: is required and missing",
                "a { pin = 11, controller { topic = t, timout = 1 s } } | did you mean 'timeout'?",
                "read { pin = 11 } | 'read' is a word of commands",
                "a { pin = 11 }, b { pin = 11 } | 11 is used by outputs.a",
                "a { type = pwm, channel = 1 }, b { type = pwm, channel = 1 } | pwmchip0 channel 1 is used by"
                        + " outputs.a",
                "a { pin = 1, interlock = x, initial = on }, b { pin = 2, interlock = x, initial = on } | only one of"
                        + " interlock 'x' may be on",
                "a { type = pwm, channel = 1 }, b { pin = 1, topic = w/d/a/level } | topic 'w/d/a/level' is used by"
            })
    void mistake_isToldWithItsPlace(String outputs, String problem) {
        assertThat(problems(outputs)).singleElement().asString().contains(problem);
    }
}
