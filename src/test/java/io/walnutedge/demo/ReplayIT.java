package io.walnutedge.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.testkit.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code simulate --replay} of recordings that a stranger made up, and {@code read --record}, as programs. */
class ReplayIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SECRET = "918273";
    private static final String CPU = "cpu-thermal";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path recording(String config) throws IOException {
        var lines = new StringBuilder("{\"walnut-edge-recording\":1}\n");
        lines.append(new JsonWriter().put("config", config)).append('\n');
        var zone = "sys/class/thermal/thermal_zone0/";
        for (var i = 0; i < 50; i++) {
            lines.append(event("file", zone + "type", CPU)).append(event("file", zone + "temp", "46018"));
        }
        lines.append("{\"i2c\":\"1:72\",\"error\":\"\\u001b]0;owned\\u0007\"}\n\u001b[2J\n");
        return Files.writeString(directory.resolve("recording"), lines);
    }

    private static String event(String kind, String name, String content) {
        return new JsonWriter().put(kind, name).put("in", HexFormat.of().formatHex(content.getBytes(UTF_8))) + "\n";
    }

    private Program play(Path recording, String... more) {
        var arguments = new ArrayList<>(
                List.of("simulate", "--replay", recording.toString(), "--plain", "--for", "4s", "--port", "0"));
        arguments.addAll(List.of(more));
        return Program.start(Map.of("WALNUT_SECRET", SECRET), arguments.toArray(String[]::new));
    }

    private static void assertClean(String output) {
        assertThat(output.codePoints().filter(c -> c != '\n' && c != '\t' && Character.isISOControl(c)))
                .isEmpty();
        assertThat(output).doesNotContain(SECRET);
    }

    /** One sensor of each type there is, and each way to reach something of this machine; one sensor is good. */
    @Test
    void ofAStranger_touchesNothingOfThisMachine_andPlaysTheRest() throws Exception {
        var marker = directory.resolve("marker");
        var secret = Files.writeString(directory.resolve("secret"), SECRET);
        var program = Files.writeString(directory.resolve("program"), "#!/bin/sh\ntouch " + marker + "\necho 1\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        var sensors = new JsonWriter();
        var drivers = Drivers.installed();
        for (var name : drivers.names()) {
            sensors.put("t-" + name, entry(name));
        }
        sensors.put(
                "cpu", new JsonWriter().put("type", "thermal").put("zone", CPU).put("every", "1 s"));
        sensors.put("run", new JsonWriter().put("type", "exec").put("command", program.toString()));
        sensors.put("foreign", new JsonWriter().put("type", "file").put("path", secret.toString()));
        sensors.put("escape", new JsonWriter().put("type", "\u001b[2J"));
        sensors.put("environment", new JsonWriter().put("type", "thermal").put("zone", "${WALNUT_SECRET}"));
        sensors.put("up", new JsonWriter().put("type", "thermal").put("zone", "../../../.." + secret));
        var config = new JsonWriter()
                .put("mqtt", new JsonWriter().put("broker", "tcp://127.0.0.1:1"))
                .put("outputs", new JsonWriter().put("o", new JsonWriter().put("pin", 5)))
                .put("sensors", sensors);
        try (var run = play(recording(config.toString()))) {
            assertThat(run.end(LIMIT)).isZero();
            assertClean(run.text());
            assertThat(run.text())
                    .contains("section 'mqtt'", "section 'outputs'", "sensor 'run': type 'exec'", "sensor 'foreign'")
                    .containsPattern("cpu.* 46\\.0");
            for (var type : List.of("exec", "serial", "mh-z19", "pms5003", "disk", "file")) {
                assertThat(run.text()).contains("sensor 't-" + type + "': type '" + type + "' has no place");
            }
        }
        assertThat(marker).doesNotExist();
    }

    private static JsonWriter entry(String type) throws IOException {
        var entry = new JsonWriter().put("type", type).put("every", "1 s");
        var settings = Path.of("src/test/resources/drivers", type + ".conf");
        if (Files.exists(settings)) {
            ConfigFactory.parseString(Files.readString(settings)).root().forEach((key, value) -> {
                if (value.unwrapped() instanceof String text) {
                    entry.put(key, text);
                }
            });
        }
        return entry;
    }

    @Test
    void configurationThatIsNoJson_isRefused_andNothingIsFetched() throws Exception {
        var include = Files.writeString(directory.resolve("i.conf"), "sensors { x { type = board } }");
        try (var web = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var url = "http://127.0.0.1:" + web.getLocalPort() + "/x.conf";
            for (var config : List.of(
                    "include url(\"" + url + "\")",
                    "{\"sensors\":{\"a\":{include url(\"" + url + "\")}}}",
                    "include file(\"" + include + "\")",
                    "{\"sensors\":{\"a\":{\"type\":\"thermal\",\"zone\":${WALNUT_SECRET}}}}",
                    "{\"sensors\":" + "[".repeat(50_000),
                    "\u001b[2J")) {
                try (var run = play(recording(config))) {
                    assertThat(run.end(LIMIT))
                            .as(config.substring(0, Math.min(config.length(), 60)))
                            .isOne();
                    assertClean(run.text());
                    assertThat(run.text())
                            .contains("no sensors that can be read")
                            .doesNotContain("\tat ");
                }
            }
            web.setSoTimeout(1);
            assertThat(accepted(web)).isNull();
        }
    }

    private static @Nullable Socket accepted(ServerSocket web) throws IOException {
        try {
            return web.accept();
        } catch (SocketTimeoutException nobody) {
            return null;
        }
    }

    @Test
    void ownBroker_isNotTheRecordingsToName() throws Exception {
        try (var run = play(recording("{\"sensors\":{}}"), "--own-broker")) {
            assertThat(run.end(LIMIT)).isOne();
            assertThat(run.text()).contains("--own-broker needs --config");
        }
    }

    @Test
    void record_hasNoArguments_noEnvironment_andIsItsOwnersAlone() throws Exception {
        var config = Files.writeString(directory.resolve("a.conf"), """
            device.id = t
            mqtt { broker = "tcp://127.0.0.1:1" }
            sensors {
              load { type = board, load1 { topic = ${WALNUT_SECRET} } }
              run { type = exec, command = [ "/bin/echo", ${WALNUT_SECRET} ] }
              line { type = file, path = ${WALNUT_SECRET_FILE} }
            }
            """);
        var file = directory.resolve("made");
        try (var run = Program.start(
                Map.of("WALNUT_SECRET", SECRET, "WALNUT_SECRET_FILE", "/" + SECRET),
                "read",
                "-c",
                config.toString(),
                "--record",
                file.toString())) {
            run.end(LIMIT);
        }
        assertThat(Files.readString(file)).contains("\\\"load\\\"").doesNotContain(SECRET, "exec", "echo");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
