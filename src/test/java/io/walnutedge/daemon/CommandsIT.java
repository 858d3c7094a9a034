package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Subscriber;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands of a real client through a real broker, down to the line. */
class CommandsIT {
    private static final String CONFIG = "outputs { lamp { pin = 11, active-low = true }, pump { pin = 13 } }";
    private static final String STATE = "walnutpi/t/lamp";
    private static final String SET = "walnutpi/t/lamp/set";
    private static final String COMMAND = "walnutpi/t/command";
    private static final String RESULT = "walnutpi/t/command/result";
    private static final int ECHOES = 200;

    @RegisterExtension
    private final Rig rig = new Rig("walnutpi/#");

    private void startDaemon() throws Exception {
        rig.start(CONFIG);
        await().until(() -> rig.seen().messages("walnutpi/t/status").contains("online")
                && rig.seen().messages(STATE).contains("OFF"));
    }

    private List<String> answers(int count) {
        await().until(() -> rig.seen().messages(RESULT).size() >= count);
        return rig.seen().messages(RESULT);
    }

    @Test
    void on_drivesTheLine_tellsTheState_andIsAnswered() throws Exception {
        startDaemon();
        assertThat(rig.isHigh("11")).as("off, active-low").isTrue();
        rig.send(SET, "ON");
        assertThat(answers(1)).singleElement().asString().contains("\"status\":\"ok\"", "\"state\":\"ON\"");
        assertThat(rig.isHigh("11")).isFalse();
        assertThat(rig.seen().messages(STATE)).endsWith("ON");
        try (var later = Subscriber.start(rig.broker(), STATE)) {
            await().until(() -> later.lines().contains("1 " + STATE + " ON"));
        }
    }

    @Test
    void jsonOnTheSharedTopic_isAnsweredWithItsId() throws Exception {
        startDaemon();
        rig.send(COMMAND, "{\"output\":\"pump\",\"state\":\"ON\",\"for\":\"300 ms\",\"id\":\"42\"}");
        assertThat(answers(1)).singleElement().asString().contains("\"id\":\"42\"", "\"output\":\"pump\"", "\"ok\"");
        await().until(() -> rig.seen().messages("walnutpi/t/pump").equals(List.of("OFF", "ON", "OFF")));
        assertThat(rig.isHigh("13")).isFalse();
        rig.send(COMMAND, "pump ON");
        answers(2);
        assertThat(rig.isHigh("13")).isTrue();
        rig.send(COMMAND, "{\"output\":\"pmup\",\"state\":\"ON\",\"id\":\"43\"}");
        assertThat(answers(3).get(2)).contains("\"id\":\"43\"", "error", "did you mean 'pump'");
    }

    static List<String> garbage() {
        return List.of(
                "",
                "MAYBE",
                "NaN",
                "{",
                "{\"state\":\"ON\"} x",
                "{\"state\":true,\"for\":\"-1 s\"}",
                "[".repeat(3_000),
                "\"" + "\ud83d\ude00".repeat(100) + "\"",
                "X".repeat(5_000),
                "ON ".repeat(1_400));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void garbage_isAnsweredWithAnError_andChangesNothing(String payload) throws Exception {
        startDaemon();
        rig.send(SET, payload);
        assertThat(answers(1))
                .singleElement()
                .asString()
                .contains("\"status\":\"error\"", "\"error\":\"")
                .hasSizeLessThan(1_000);
        assertThat(rig.isHigh("11")).isTrue();
        assertThat(rig.seen().messages(STATE)).containsOnly("OFF");
    }

    /** The classic accident: it would fire at each reconnect. */
    @Test
    void retainedOn_publishedBeforeTheStart_isReportedAndDoesNothing() throws Exception {
        rig.send(SET, "ON", "-r");
        startDaemon();
        assertThat(answers(1)).singleElement().asString().contains("error", "retain");
        assertThat(rig.isHigh("11")).isTrue();
        rig.broker().kill();
        rig.broker().start();
        try (var again = Subscriber.start(rig.broker(), "walnutpi/#")) {
            await().atMost(40, TimeUnit.SECONDS)
                    .until(() -> again.messages("walnutpi/t/status").contains("online"));
            assertThat(rig.isHigh("11")).isTrue();
            assertThat(again.messages(STATE)).doesNotContain("ON");
        }
    }

    @Test
    void brokerRestarted_daemonIsBack_andObeys() throws Exception {
        startDaemon();
        rig.broker().kill();
        rig.broker().start();
        try (var again = Subscriber.start(rig.broker(), "walnutpi/#")) {
            // its backoff is 1 s to 30 s
            await().atMost(40, TimeUnit.SECONDS)
                    .until(() -> again.messages("walnutpi/t/status").contains("online")
                            && again.messages(STATE).contains("OFF"));
            rig.send(SET, "ON");
            await().until(() -> again.messages(STATE).contains("ON"));
            assertThat(rig.isHigh("11")).isFalse();
            await().until(() -> again.messages(RESULT).size() == 1);
        }
    }

    @Test
    void stop_makesOutputsSafe_andSaysOffline() throws Exception {
        startDaemon();
        rig.send(SET, "ON");
        answers(1);
        rig.stop();
        assertThat(rig.isHigh("11")).isTrue();
        await().until(() -> rig.seen().last("walnutpi/t/status").equals("offline")
                && rig.seen().messages(STATE).equals(List.of("OFF", "ON", "OFF")));
    }

    /** Prints how long a command takes from a client to the state at a client; what it asserts is that none is lost. */
    @Test
    void everyCommand_isEchoed() throws Exception {
        rig.start("commands { rate = 10000, rate-per-output = 10000 }\n" + CONFIG);
        await().until(() -> rig.seen().messages(STATE).contains("OFF"));
        var port = Integer.toString(rig.broker().port());
        var publisher = new ProcessBuilder("mosquitto_pub", "-h", "127.0.0.1", "-p", port, "-q", "1", "-t", SET, "-l")
                .redirectErrorStream(true)
                .start();
        var took = new long[ECHOES];
        try (var input = publisher.outputWriter()) {
            for (var i = 0; i < ECHOES; i++) {
                var before = rig.seen().messages(STATE).size();
                var sent = System.nanoTime();
                input.write(i % 2 == 0 ? "ON\n" : "OFF\n");
                input.flush();
                await().pollDelay(0, TimeUnit.MILLISECONDS)
                        .pollInterval(100, TimeUnit.MICROSECONDS)
                        .until(() -> rig.seen().messages(STATE).size() > before);
                took[i] = System.nanoTime() - sent;
            }
        }
        assertThat(rig.seen().messages(STATE)).hasSize(ECHOES + 1).endsWith("ON", "OFF");
        assertThat(answers(ECHOES)).hasSize(ECHOES).allMatch(answer -> answer.contains("\"ok\""));
        Arrays.sort(took);
        System.out.printf(
                "command to state, client to client: median %.1f ms, p99 %.1f ms%n",
                took[ECHOES / 2] / 1e6, took[ECHOES * 99 / 100] / 1e6);
    }
}
