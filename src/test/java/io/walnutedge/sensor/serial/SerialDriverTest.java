package io.walnutedge.sensor.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.reading.Value;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialDriverTest {
    private static final String PATTERN = """
        pattern = "T=(?<t>[-0-9.]+) H=(?<humidity>[0-9.]+)"
        values { t { quantity = temperature, decimals = 1 } }
        """;

    private final FakePort port = new FakePort();

    private Sensor open(String hocon) throws Exception {
        return port.open(FakePort.plan(new SerialDriver(port.shop), hocon));
    }

    @Test
    void namedGroups_areQuantities() throws Exception {
        port.silent().sends("T=21.5 H=40\r\n");
        assertThat(FakePort.shown(open(PATTERN).read())).containsExactly("temperature=21.5°C", "humidity=40.00%");
    }

    @Test
    void lineWhoseBeginningMayBeMissing_isSkipped() throws Exception {
        port.sends("=99 H=9\nT=9").sends("9 H=9\nT=21 H=40\n");
        assertThat(FakePort.shown(open("pattern = \"=(?<t>[0-9]+) H\"").read())).containsExactly("t=99.00");
        port.sends("=1 H=9\n").silent().sends("T=2 H=4\n");
        assertThat(FakePort.shown(open("pattern = \"=(?<t>[0-9]+) H\"").read())).containsExactly("t=2.00");
    }

    @Test
    void lineInTheKernelsBuffer_isThrownAway() throws Exception {
        port.has("T=1 H=1\n".getBytes(StandardCharsets.UTF_8)).silent().sends("T=2 H=2\n");
        assertThat(FakePort.shown(open(PATTERN).read())).contains("temperature=2.0°C");
    }

    @Test
    void question_isSent() throws Exception {
        port.answers(question -> "hello\nT=3 H=5\n".getBytes(StandardCharsets.UTF_8));
        assertThat(FakePort.shown(open(PATTERN + "ask = \"READ\\r\\n\"").read()))
                .contains("temperature=3.0°C");
        assertThat(port.written).containsExactly("524541440d0a");
    }

    @Test
    void otherLinesGarbageAndLongLines_areSkipped() throws Exception {
        port.silent().sends("booting\n").sends(new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
        port.sends("T=1 H=1" + "x".repeat(2000) + "\n").sends("T=7 H=8\n");
        assertThat(FakePort.shown(open(PATTERN).read())).contains("temperature=7.0°C");
    }

    @Test
    void unfinishedLine_isNotTaken() throws Exception {
        port.silent().sends("T=21 H=4");
        var sensor = open(PATTERN + "timeout = 1 s");
        var start = port.nanos();
        assertThatThrownBy(sensor::read).hasMessageContaining("no whole line");
        assertThat(Duration.ofNanos(port.nanos() - start)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1200));
    }

    @Test
    void nothingThatMatches_isTold() throws Exception {
        port.silent().sends("E=7\u0007\n");
        assertThatThrownBy(open(PATTERN)::read)
                .satisfies(why -> assertThat(((SensorException) why).inFull())
                        .endsWith("no line came in time that the pattern matches; it was 'E=7\\u0007'"));
        assertThatThrownBy(open(PATTERN)::read).hasMessageContaining("nothing came");
    }

    @Test
    void groupThatIsNoNumber_takesNoOther() throws Exception {
        port.silent().sends("T=1.2.3 H=8\n");
        var sample = open(PATTERN).read();
        assertThat(sample.get(0).absence().orElseThrow().reason()).contains("where a number was expected");
        assertThat(sample.get(1).value()).isEqualTo(Value.of(8));
        port.silent().sends("T=1.2.3 H=4.5.6\n");
        assertThatThrownBy(open(PATTERN)::read).hasMessageContaining("where a number was expected");
    }

    @Test
    void lineSettings_reachThePort() throws Exception {
        open(PATTERN + "baud = 115200, parity = even, stop-bits = 2");
        assertThat(port.line().baud()).isEqualTo(115_200);
        assertThat(port.line().parity()).isEqualTo(Line.Parity.EVEN);
        assertThat(port.line().stopBits()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "baud = 9600 | pattern: is required",
                "pattern = \"(\" | is no regular expression",
                "pattern = \"(a)(b)\" | groups without names",
                "pattern = \"(?<T>a)\" | no name of a quantity",
                "pattern = \"(?<port>a)\" | is a key of the sensor",
                "pattern = \"(?<a>a)(?<b>b)\", values { b { quantity = a } } | is there already",
                "pattern = \"(?<a>a)\", values { b { unit = V } } | unknown key",
                "pattern = \"(?<a>a)\", quantity = b | belongs into values",
                "pattern = \"a\", values { a { unit = V } } | with named groups",
                "pattern = \"a\", quantity = \"A b\" | is not a name",
                "pattern = \"a\", timeout = 2 min | out of range",
                "pattern = \"a\", stop-bits = 3 | out of range"
            })
    void wrongSettings_areProblems(String settings, String expected) {
        assertThat(FakePort.problems(new SerialDriver(), "port = /dev/ttyS1\n" + settings))
                .contains(expected);
    }

    @Test
    void quotedGroup_isNoGroup() throws Exception {
        port.silent().sends("(?<a>5\n");
        assertThat(FakePort.shown(open("pattern = \"\\\\Q(?<a>\\\\E([0-9])\"").read()))
                .containsExactly("value=5.00");
    }
}
