package io.walnutedge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.Main;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.Problem;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.text.Redaction;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever writes user and password into a URL is refused, and reads neither of them: not on a terminal, not in the log, not on a topic. */
class NoUserInUrlTest {
    private static final String SECRET = "geheim";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    static Stream<String> configs() {
        var urls = List.of(
                "tcp://u:geheim@h:1883",
                "mqtt://geheim@h",
                "MQTTS://geheim:p@my_broker",
                "wss://u:ge%20heimgeheim@h/mqtt",
                "http://u:geheim@h",
                "tcp:/u:geheim@h",
                "u:geheim@h:1883",
                "//u:geheim@h",
                "tcp://u:geheim/x@h",
                "tcp://u:geheim x@h",
                "tcp://u:p@geheim@h",
                "tcp://u:geheim#@h",
                "wss://h/mqtt?token=geheim");
        var places = List.of(
                "mqtt.broker = \"%s\"",
                "mqtt { broker = [\"tcp://h\", \"%s\", \"%s\"] }",
                "mqtt { broker { a = \"%s\" } }",
                "mqtt { broker = [[\"%s\"]] }",
                "mqtt { brokr = \"%s\" }",
                "mqtt { broker = %s }",
                "mqtt { broker = \"%s }",
                "mqtt { broker = [%s] }",
                "mqtt { broker = '%s' }",
                "mqtt { broker = “%s” }",
                "mqtt { %s = broker }",
                "mqtt { \"%s\" = broker }",
                "mqtt { keep-alive = \"%s\" }",
                "mqtt { qos = \"%s\" }",
                "mqtt { retain = \"%s\" }",
                "mqtt { format = \"%s\" }",
                "mqtt { discovery = \"%s\" }",
                "mqtt { tls { ca-file = \"%s\" } }",
                "mqtt { password-file = \"%s\", user = u }",
                "mqtt { status-topic = \"%s#\" }",
                "mqtt { client-id = [\"%s\"] }",
                "mqtt = \"%s\"",
                "device { id = \"%s\" }",
                "outbox { max-size = \"%s\" }",
                "commands { allow = [\"%s\"] }",
                "log { level = \"%s\" }",
                "sensors { a { type = \"%s\" } }",
                "sensors { \"%s\" { type = cpu } }",
                "sensors { a { type = bme280, bus = \"%s\", address = \"%s\" } }",
                "sensors { a { type = cpu, topic = \"%s#\" } }",
                "sensors { a { type = formula, formula = \"%s\", inputs { b = \"%s\" } } }",
                "sensors { a { type = file, path = \"%s\" } }",
                "outputs { a { pin = \"%s\" } }",
                "include \"%s\"",
                "include url(\"%s\")",
                "a = ${\"%s\"}");
        return places.stream()
                .flatMap(place -> urls.stream()
                        // there it is the path of a file
                        .filter(url -> !url.startsWith("//") || !(place.contains("file =") || place.contains("path =")))
                        .map(url -> place.replace("%s", url)));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void secret_isNotShown(String hocon) throws Exception {
        var file = Files.writeString(directory.resolve("a.conf"), "# a configuration\n" + hocon + "\n");
        var out = new ByteArrayOutputStream();
        Cli.execute(Main.class, out, out, "check", "-c", file.toString());
        assertThat(out.toString(UTF_8)).doesNotContain(SECRET);
        try {
            new PlanReader(Drivers.installed(), BoardPins.byName()).read(file);
        } catch (ConfigException mistakes) {
            // the log has the message, a retained topic what may be published
            assertThat(mistakes.getMessage()).doesNotContain(SECRET);
            assertThat(mistakes.problems()).extracting(Problem::published).noneMatch(text -> text.contains(SECRET));
        }
    }

    /** What has no secret in it is shown as it is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'tcp://h:1883' must begin with tcp://, ssl://, ws:// or wss://",
                "topic 'a@b/c' is used by sensors.x (application.conf:3) already",
                "/home/pi@home/x does not exist",
                "30 has no unit; write 30 s if you mean seconds",
                "'a?b' is no topic; did you mean 'a'?",
                "no device called 'i2c-tiny-usb at bus 001'",
                "wss://h/mqtt?****",
                "user:password",
                "温室：a@b"
            })
    void otherText_staysAsItIs(String text) {
        assertThat(Redaction.of(text)).isEqualTo(text);
    }
}
