package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Program;
import io.walnutedge.testkit.Subscriber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as users run it, in processes of its own. */
class ProgramIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MINUTE = 60;
    private static final double SECOND = 1e9;
    /** Readings before the measurement: a virtual machine that warms up gets faster with each. */
    private static final int WARM_UP = 10;

    @TempDir
    Path directory;

    /** The board's own lesson: whole degrees on the topic Temperature, each second, for a minute. */
    @Test
    void tutorial_publishes25EachSecond() throws Exception {
        var file = Files.writeString(directory.resolve("temperature"), "25.2\n");
        try (var broker = Mosquitto.start(directory);
                var seen = Subscriber.start(broker, "Temperature");
                var program = Program.start(
                        Map.of("MQTT_BROKER", broker.uri().toString(), "TEMPERATURE_FILE", file.toString()),
                        "run",
                        "-c",
                        "config/examples/tutorial.conf")) {
            var arrivals = new long[MINUTE + 1];
            for (var i = 0; i <= MINUTE; i++) {
                var count = WARM_UP + i + 1;
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .atMost(LIMIT)
                        .until(() -> seen.messages("Temperature").size() >= count);
                arrivals[i] = System.nanoTime();
            }
            assertThat(seen.messages("Temperature")).containsOnly("25").hasSize(WARM_UP + MINUTE + 1);
            var drift = drift(arrivals);
            System.out.printf("drift over a minute: %.0f ppm%n", drift * 1e6);
            // the schedule itself has none (TickerTest); who sleeps after the work has thousands of ppm
            assertThat(Math.abs(drift)).isLessThan(500e-6);
            program.terminate();
            assertThat(program.end(LIMIT)).isEqualTo(143);
        }
    }

    /**
     * Arrivals are late by what the machine has to do besides, never early: so the most punctual ones of the first third are
     * compared with those of the last.
     */
    private static double drift(long[] arrivals) {
        var third = arrivals.length / 3;
        return (mostPunctual(arrivals, arrivals.length - third, arrivals.length) - mostPunctual(arrivals, 0, third))
                / ((arrivals.length - third) * SECOND);
    }

    private static double mostPunctual(long[] arrivals, int from, int to) {
        return IntStream.range(from, to)
                .mapToDouble(i -> arrivals[i] - arrivals[0] - i * SECOND)
                .min()
                .orElseThrow();
    }

    @Test
    void killed_daemonIsOfflineByItsLastWill() throws Exception {
        var config = Files.writeString(directory.resolve("a.conf"), "device.id = a\nmqtt.broker = ${BROKER}");
        try (var broker = Mosquitto.start(directory);
                var seen = Subscriber.start(broker, "walnutpi/a/status");
                var program =
                        Program.start(Map.of("BROKER", broker.uri().toString()), "run", "-c", config.toString())) {
            await().atMost(LIMIT).until(() -> seen.messages("walnutpi/a/status").equals(List.of("online")));
            program.kill();
            await().atMost(LIMIT).until(() -> seen.messages("walnutpi/a/status").equals(List.of("online", "offline")));
        }
    }

    @Test
    void tenMistakes_areAllToldWithTheirLines() throws Exception {
        var config = Files.write(
                directory.resolve("application.conf"),
                List.of(
                        "device { id = Green House }", // 1: not an id
                        "mqtt {",
                        "  broker = \"http://127.0.0.1\"", // 3: not a broker
                        "  keepalive = 60 s", // 4: keep-alive
                        "}",
                        "sensors {",
                        "  cpu { type = termal, zone = cpu-thermal }", // 7: thermal
                        "  room { type = bme280, bus = 1, address = 0x99, every = 30 }", // 8: address; 8: no unit
                        "  shed { type = bme280, bus = 1 }", // 9: no address is fine, or missing
                        "  tank { type = file, unit = cm }", // 10: path is missing
                        "  a { type = text, text = x, topic = \"a/#\" }", // 11: wildcard
                        "}",
                        "outputs {",
                        "  lamp { pin = 11, active-low = perhaps }", // 14: not a flag
                        "  pump { pin = PC9 }", // 15: that is 11
                        "}"));
        for (var command : List.of("check", "run")) {
            try (var program = Program.start(Map.of(), command, "-c", config.toString())) {
                assertThat(program.end(LIMIT)).as(program.text()).isEqualTo(78);
                System.out.println(program.text());
                var lines = Pattern.compile("application\\.conf:(\\d+):")
                        .matcher(program.text())
                        .results()
                        .map(match -> Integer.valueOf(match.group(1)))
                        .toList();
                assertThat(lines).contains(1, 3, 4, 7, 8, 10, 11, 14, 15).hasSizeGreaterThanOrEqualTo(10);
                assertThat(program.text()).contains("did you mean 'keep-alive'", "did you mean 'thermal'");
            }
        }
    }

    @Test
    void demo_showsEachSensorTenTimes_andACommandsRoundTrip() {
        try (var program = Program.start(Map.of(), "demo", "--plain", "--for", "20s", "--port", "0")) {
            assertThat(program.end(LIMIT)).as(program.text()).isZero();
            var output = program.output();
            for (var reading : List.of(
                    "room/temperature",
                    "room/humidity",
                    "room/pressure",
                    "light/illuminance",
                    "soil/a0",
                    "soil/a1",
                    "shelf/temperature",
                    "shelf/humidity",
                    "cpu/temperature",
                    "supply/voltage",
                    "outside/temperature",
                    "outside/humidity",
                    "tank/temperature",
                    "board/load1",
                    "board/uptime",
                    "hello/text")) {
                assertThat(output.stream().filter(line -> line.startsWith("reading  " + reading + " ")))
                        .as(reading)
                        .hasSizeGreaterThanOrEqualTo(10);
            }
            assertThat(program.text())
                    .contains(
                            "command  walnutpi/demo/lamp/set TOGGLE",
                            "state    walnutpi/demo/lamp ON, line of pin 11 is low",
                            "\"output\":\"lamp\",\"status\":\"ok\",\"state\":\"ON\"",
                            "mosquitto_sub",
                            "mosquitto_pub");
            // a machine with much else to do may take longer over a stop than the daemon allows
            assertThat(output.stream()
                            .filter(line -> line.matches(".*(WARN|ERROR (?!the outputs did not stop)|Exception).*")))
                    .as("trouble in %s", program.text())
                    .isEmpty();
        }
    }

    @Test
    void pubAndSub_meetAtTheConfiguredBroker() throws Exception {
        var config = Files.writeString(directory.resolve("a.conf"), "device.id = a\nmqtt.broker = ${BROKER}");
        try (var broker = Mosquitto.start(directory)) {
            var environment = Map.of("BROKER", broker.uri().toString());
            try (var sub = Program.start(
                            environment, "sub", "-c", config.toString(), "-v", "-n", "3", "/public/walnutpi/1");
                    var pub = Program.start(
                            environment,
                            "pub",
                            "-c",
                            config.toString(),
                            "--every",
                            "100ms",
                            "/public/walnutpi/1",
                            "Hello WalnutPi!")) {
                assertThat(sub.end(LIMIT)).as(sub.text()).isZero();
                // the broker may send the first message before the program says that it is connected
                assertThat(sub.output())
                        .containsExactlyInAnyOrder(
                                "connected to " + broker.uri(),
                                "/public/walnutpi/1 Hello WalnutPi!",
                                "/public/walnutpi/1 Hello WalnutPi!",
                                "/public/walnutpi/1 Hello WalnutPi!");
                pub.terminate();
                pub.end(LIMIT);
            }
        }
    }
}
