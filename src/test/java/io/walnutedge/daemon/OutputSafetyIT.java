package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Subscriber;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Outputs that keep themselves safe, whatever happens to the broker and whatever it sends. */
class OutputSafetyIT {
    private static final String PUMP = "walnutpi/t/pump";
    private static final String SET = PUMP + "/set";
    private static final String RESULT = "walnutpi/t/command/result";

    /** Longer with {@code -Dwalnutedge.flood.seconds=30}. */
    private static final int FLOOD_SECONDS = Integer.getInteger("walnutedge.flood.seconds", 5);

    private static final int FLOOD_RATE = 10_000;
    private static final Duration TICK = Duration.ofMillis(10);

    /** More with {@code -Dwalnutedge.reconnects=100}. */
    private static final int RECONNECTS = Integer.getInteger("walnutedge.reconnects", 5);

    @RegisterExtension
    private final Rig rig = new Rig("walnutpi/#");

    private void start(String config) throws Exception {
        rig.start(config);
        await().until(() -> rig.seen().messages("walnutpi/t/status").contains("online")
                && rig.seen().messages(PUMP).contains("OFF"));
    }

    private long answers(String part) {
        return rig.seen().messages(RESULT).stream()
                .filter(answer -> answer.contains(part))
                .count();
    }

    @Test
    void brokerKilled_bringsTheSafeState_andOnlyACommandBringsItBack() throws Exception {
        start("outputs { pump { pin = 11, link-loss-after = 5 s }, lamp { pin = 13 } }");
        rig.send(SET, "ON");
        rig.send("walnutpi/t/lamp/set", "ON");
        await().until(() -> rig.isHigh("11") && rig.isHigh("13"));
        rig.broker().kill();
        var killed = System.nanoTime();
        await().until(() -> !rig.isHigh("11"));
        var took = (System.nanoTime() - killed) / 1e9;
        System.out.printf("link-loss-after = 5 s: safe %.2f s after the broker was killed%n", took);
        assertThat(took).isGreaterThanOrEqualTo(4.99);
        assertThat(rig.isHigh("13")).as("without link-loss-after").isTrue();
        rig.broker().start();
        try (var again = Subscriber.start(rig.broker(), "walnutpi/#")) {
            await().atMost(40, TimeUnit.SECONDS)
                    .until(() -> again.messages("walnutpi/t/status").contains("online")
                            && again.messages(PUMP).contains("OFF"));
            assertThat(rig.isHigh("11")).isFalse();
            rig.send(SET, "ON");
            await().until(() -> rig.isHigh("11"));
        }
    }

    /** Every rule that holds an output back or waits for something gives way to the stop. */
    @Test
    void stop_inTheMiddleOfEveryRule_bringsTheStatesOnStop() throws Exception {
        start("""
            outputs {
              pump   { pin = 11, pulse = 1 h }
              up     { pin = 13, interlock = blind, dead-time = 1 min }
              down   { pin = 15, interlock = blind, dead-time = 1 min, on-stop = off }
              held   { pin = 16, min-on = 1 h }
              waits  { pin = 18, min-off = 1 h, on-stop = on }
              keeps  { pin = 22, on-stop = keep }
              timed  { pin = 31, on-stop = keep, max-on = 1 h }
              low    { pin = 29, active-low = true, on-stop = on, link-loss-after = 1 h }
            }
            """);
        assertThat(rig.isHigh("29")).as("active-low, off").isTrue();
        for (var output : List.of("pump", "held", "keeps", "timed", "low")) {
            rig.send("walnutpi/t/" + output + "/set", "ON");
        }
        await().until(() -> rig.isHigh("11") && rig.isHigh("16") && rig.isHigh("22") && rig.isHigh("31"));
        await().until(() -> !rig.isHigh("29"));
        rig.send("walnutpi/t/low/set", "OFF");
        rig.send("walnutpi/t/down/set", "ON"); // waits for the dead time, which also follows the start
        rig.send("walnutpi/t/held/set", "OFF"); // waits for min-on
        rig.send("walnutpi/t/waits/set", "ON"); // waits for min-off
        await().until(() -> rig.isHigh("29") && answers("\"next\"") == 3);
        assertThat(rig.isHigh("16")).as("held").isTrue();
        var begin = System.nanoTime();
        rig.stop();
        System.out.printf("stopped after %.3f s%n", (System.nanoTime() - begin) / 1e9);
        var levels = Stream.of("11", "13", "15", "16", "18", "22", "29", "31")
                .map(pin -> pin + (rig.isHigh(pin) ? " high" : " low"));
        assertThat(levels)
                .containsExactly("11 low", "13 low", "15 low", "16 low", "18 high", "22 high", "29 low", "31 low");
    }

    /** A second client of the same id throws the first one out (MQTT 3.1.1, 3.1.4-2). */
    @Test
    void retainedOn_isNotObeyed_howeverOftenItConnects() throws Exception {
        rig.send(SET, "ON", "-r");
        start("mqtt.client-id = board, outputs { pump { pin = 11 } }");
        for (var i = 1; i <= RECONNECTS; i++) {
            rig.send("elsewhere", "x", "-i", "board");
            var connections = i + 1;
            await().atMost(40, TimeUnit.SECONDS).until(() -> answers("\"code\":\"retained\"") == connections);
        }
        assertThat(rig.isHigh("11")).isFalse();
        assertThat(rig.seen().messages(PUMP)).containsOnly("OFF");
    }

    @Test
    void retainedState_thatIsAccepted_isObeyedOnce_overReconnectsAndRestarts() throws Exception {
        var config = "mqtt.client-id = board, outputs { pump { pin = 11, accept-retained = true, max-on = 500 ms } }";
        rig.send(SET, "ON", "-r");
        start(config);
        await().until(() -> rig.seen().messages(PUMP).equals(List.of("OFF", "ON", "OFF")));
        rig.send("elsewhere", "x", "-i", "board");
        await().atMost(40, TimeUnit.SECONDS).until(() -> answers("\"unchanged\":true") == 1);
        rig.stop();
        rig.start(config);
        await().atMost(40, TimeUnit.SECONDS).until(() -> answers("\"unchanged\":true") == 2);
        assertThat(rig.seen().messages(PUMP).stream().filter("ON"::equals)).hasSize(1);
    }

    /** Published under QoS 0, of which the broker drops what it cannot hand on: what arrives is a flood all the same. */
    @Test
    void flood_losesNoReading_andMaxOnHoldsAllTheSame() throws Exception {
        start("""
            outputs { pump { pin = 11, max-on = 1 s }, lamp { pin = 13 } }
            sensors { n { type = text, text = x, every = 20 ms, topic = n, format = json } }
            """);
        try (var readings = Subscriber.start(rig.broker(), "n")) {
            var before = System.nanoTime();
            flood();
            System.out.printf(
                    "flood: %d answers ok, %d refused, in %.1f s%n",
                    answers("\"ok\""), answers("\"rate-limit\""), (System.nanoTime() - before) / 1e9);
            await().until(() -> missing(readings.lines()) == 0);
            rig.stop();
            await().until(() -> rig.seen().last("walnutpi/t/status").equals("offline"));
            assertThat(answers("\"ok\"")).isBetween(1L, 200L * (FLOOD_SECONDS + 60));
            assertThat(answers("\"rate-limit\"")).isPositive();
            assertThat(missing(readings.lines())).isZero();
            assertThat(readings.lines()).hasSizeGreaterThan(FLOOD_SECONDS * 10);
        }
    }

    private void flood() throws IOException, InterruptedException {
        var kinds = List.of("lamp ON", "lamp OFF", "nonsense", "{\"output\":\"lamp\",\"state\":1}", "{");
        var port = Integer.toString(rig.broker().port());
        var publisher = new ProcessBuilder(
                        "mosquitto_pub", "-h", "127.0.0.1", "-p", port, "-t", "walnutpi/t/command", "-l")
                .redirectErrorStream(true)
                .start();
        rig.send(SET, "ON");
        await().until(() -> rig.isHigh("11"));
        var begin = System.nanoTime();
        var on = begin;
        try (var input = publisher.outputWriter()) {
            for (var tick = 0; tick < Duration.ofSeconds(FLOOD_SECONDS).dividedBy(TICK); tick++) {
                for (var i = 0; i < FLOOD_RATE * TICK.toMillis() / 1_000; i++) {
                    input.write(kinds.get(i % kinds.size()) + "\n");
                }
                input.flush();
                if (on != 0 && !rig.isHigh("11")) {
                    System.out.printf("max-on = 1 s, in the flood: %.3f s%n", (System.nanoTime() - on) / 1e9);
                    on = 0;
                }
                var due = begin + (tick + 1) * TICK.toNanos();
                await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> System.nanoTime() - due >= 0);
            }
        }
        publisher.waitFor();
        assertThat(on).as("max-on has ended it").isZero();
    }

    /** How many readings between the first and the last are not there; what had to wait comes behind what is new. */
    private static long missing(List<String> lines) {
        var seqs = lines.stream()
                .filter(line -> line.contains("\"seq\":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*\"seq\":(\\d+).*", "$1")))
                .distinct()
                .summaryStatistics();
        return seqs.getCount() == 0 ? 1 : seqs.getMax() - seqs.getMin() + 1 - seqs.getCount();
    }
}
