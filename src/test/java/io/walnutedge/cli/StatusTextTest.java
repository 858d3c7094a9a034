package io.walnutedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    private static final String PAGE = """
        {"device":"greenhouse","health":{"time":"2026-01-02T03:04:05Z","version":"0.1.0","uptime":7207,
         "link":{"broker":"tcp://b:1883","connected":%s,"since":"2026-01-02T03:03:05Z","connections":3,"reconnects":2},
         "queue":{"waiting":2,"stored":1,"oldest":75,"dropped":0},"buses":{"bus-1":{"missed":0,"errors":2}},
         "clock":{"synchronized":true},"memory":{"heap":12.1,"resident":45.2},"sensors":{"online":1,"offline":[]}},
         "alerts":{%s},
         "sensors":{"room":{"state":"online","values":{"temperature":{"value":"21.46","unit":"°C","age":3}}}%s},
         "outputs":{"flap":{"state":"ON","level":-45,"unit":"°","cause":"start"},
         "lamp":{"state":"ON","level":40,"unit":"%%","remaining":"4 s","cause":"command 42"}}}
        """;
    private static final String TANK =
            ",\"tank\":{\"state\":\"offline\",\"why\":\"no such\\u001b device\",\"values\":{}}";

    private static StatusText text(boolean connected, String alerts, String sensors) throws Exception {
        return new StatusText(PAGE.formatted(connected, alerts, sensors), () -> Instant.parse("2026-01-02T03:04:05Z"));
    }

    private static String printed(StatusText text) {
        var out = new StringWriter();
        text.print(new PrintWriter(out));
        return out.toString();
    }

    @Test
    void page_isToldInWords() throws Exception {
        assertThat(printed(text(true, "\"clock\":\"not set\"", TANK)).lines())
                .contains(
                        "greenhouse, walnut-edge 0.1.0, running for 2 h 0 min",
                        "link    connected to tcp://b:1883 for 1 min 0 s, 2 reconnects",
                        "queue   2 readings wait, the oldest for 1 min 15 s, 1 on the disk; 0 dropped since the start",
                        "clock   synchronized",
                        "memory  12.1 MiB of heap, 45.2 MiB resident",
                        "alert   clock: not set",
                        "bus-1  0       2",
                        "room    temperature  21.46  °C    3 s  online",
                        "tank    -            -      -     -    offline: no such\\u001b device",
                        "flap    ON -45 °  -     start",
                        "lamp    ON 40 %   4 s   command 42");
    }

    @Test
    void allIsWell_whereNothingNeedsALook() throws Exception {
        assertThat(text(true, "", "").isWell()).isTrue();
        assertThat(text(false, "", "").isWell()).isFalse();
        assertThat(text(true, "\"clock\":\"not set\"", "").isWell()).isFalse();
        assertThat(text(true, "", TANK).isWell()).isFalse();
    }

    private static StatusText withInputs(String inputs) throws Exception {
        var page = PAGE.formatted(true, "", "").replace("\"outputs\"", "\"inputs\":{" + inputs + "},\"outputs\"");
        return new StatusText(page, () -> Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Test
    void contact_isShown_andOfflineIsNotWell() throws Exception {
        var well = withInputs("\"door\":{\"state\":\"OFF\"}");
        assertThat(printed(well).lines()).contains("door   OFF");
        assertThat(well.isWell()).isTrue();
        var ill = withInputs("\"door\":{\"state\":\"offline\",\"why\":\"no such line\"}");
        assertThat(printed(ill).lines()).contains("door   offline: no such line");
        assertThat(ill.isWell()).isFalse();
    }

    /** No value is well, a channel that fails is not. */
    @Test
    void quantityWithoutAValue_saysWhy() throws Exception {
        var fan = ",\"fan\":{\"state\":\"online\",%s\"values\":{\"rpm\":{\"none\":\"no data\"}}}";
        var none = text(true, "", fan.formatted(""));
        assertThat(printed(none).lines()).contains("fan     rpm          -      -     -    none: no data");
        assertThat(none.isWell()).isTrue();
        assertThat(text(true, "", fan.formatted("\"why\":\"rpm: no data\",")).isWell())
                .isFalse();
        var offline = fan.formatted("\"why\":\"gone\",").replace("online", "offline");
        assertThat(printed(text(true, "", offline)).lines())
                .contains("fan     rpm          -      -     -    offline: gone");
    }

    @Test
    void trouble_isExplained() {
        var socket = Path.of("/var/lib/walnut-edge/control");
        assertThat(StatusCommand.explain(socket, "Permission denied")).contains("root or the group walnut-edge");
        assertThat(StatusCommand.explain(socket, "No such file or directory")).contains("no daemon answers");
        assertThat(StatusCommand.explain(socket, "Connection refused")).contains("systemctl status");
        assertThat(StatusCommand.explain(socket, "no answer within 10 s")).endsWith(": no answer within 10 s");
    }
}
