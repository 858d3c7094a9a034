package io.walnutedge.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.config.Clouds;
import io.walnutedge.config.OwnIdentity;
import io.walnutedge.discovery.Announcement;
import io.walnutedge.discovery.Descriptions;
import io.walnutedge.discovery.HomeAssistant;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.Problems;
import io.walnutedge.sensor.Drivers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever plays a board at its broker has nothing in common with it there. */
class OwnIdentityTest {
    private static final String SECRET = "/etc/walnut-edge/device-secret";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final PlanReader reader = new PlanReader(Drivers.installed(), (device, pin) -> pin);

    private Path file(String hocon) throws Exception {
        Files.writeString(directory.resolve("secret"), "c2VjcmV0");
        for (var name : List.of("ca.pem", "cert.pem", "key.pem")) {
            Files.writeString(directory.resolve(name), "-");
        }
        var text = hocon.replace("DIRECTORY", directory.toString())
                .replace(SECRET, '"' + directory.resolve("secret").toString() + '"');
        return Files.writeString(directory.resolve("application.conf"), text);
    }

    private Plan own(Path file) throws ConfigException {
        var problems = new Problems();
        return reader.read(OwnIdentity.open(file, problems), problems);
    }

    static Stream<Path> files() throws Exception {
        return Stream.concat(
                UnchangedConfigTest.shipped().filter(file -> !file.toString().contains("clouds")),
                Stream.of(
                        Path.of("config/examples/clouds/thingsboard.conf"),
                        Path.of("src/test/resources/every-key.conf")));
    }

    /** All that is published, and all that commands are taken from. */
    private static Set<String> topics(Plan plan) {
        var topics = plan.topics().names(Topic.Direction.PUBLISH);
        plan.outputs().forEach(output -> topics.addAll(output.config().commandTopics()));
        topics.add(plan.mqtt().topics().command());
        plan.commands().adminTopic().ifPresent(topics::add);
        topics.add(plan.mqtt().homie().base(plan.device().id()));
        new HomeAssistant(Descriptions.of(plan, ""), plan.mqtt().discovery())
                .announcements(Map.of()).stream().map(Announcement::topic).forEach(topics::add);
        return topics;
    }

    private static String clientId(Plan plan) {
        return plan.mqtt().connection().login().at(Instant.EPOCH).clientId();
    }

    @ParameterizedTest
    @MethodSource("files")
    void noTopicAndNoName_isTheBoards(Path source) throws Exception {
        var file = file(Files.readString(source));
        var real = reader.read(file);
        var own = own(file);

        assertThat(own.device().id()).isEqualTo(real.device().id() + "-simulation");
        assertThat(own.device().name()).isEqualTo(real.device().name().map(name -> name + " (simulation)"));
        assertThat(clientId(own)).isNotEqualTo(clientId(real));
        assertThat(topics(own)).hasSameSizeAs(topics(real)).doesNotContainAnyElementsOf(topics(real));
        // what is simulated is the same
        assertThat(own.sensors())
                .extracting(sensor -> sensor.id())
                .isEqualTo(real.sensors().stream().map(sensor -> sensor.id()).toList());
        assertThat(own.mqtt().connection().brokers())
                .isEqualTo(real.mqtt().connection().brokers());
    }

    @Test
    void loginOfACloud_isTheBoardsOwn() throws Exception {
        for (var cloud : Clouds.keys().keySet()) {
            var file = file(Files.readString(Path.of("config/examples/clouds", cloud + ".conf")));
            assertThatThrownBy(() -> own(file))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("application.conf:")
                    .hasMessageContaining("--as-the-board");
        }
    }

    @Test
    void mistake_isTold_withItsLine_asItWasWritten() throws Exception {
        var file = file("device.id = a\nsensors {\n  t { type = text, text = x\n      topic = \"a/#\" } }");
        assertThatThrownBy(() -> own(file)).hasMessageContaining("application.conf:4: sensors.t.topic");
    }

    @Test
    void longId_staysAnId() throws Exception {
        var own = own(file("device.id = " + "a".repeat(64) + "\nsensors { t { type = text, text = x } }"));
        assertThat(own.device().id()).hasSize(64).endsWith("a-simulation");
    }

    /** A sign of life of somebody else is listened to where that one gives it. */
    @Test
    void controller_isTheSame() throws Exception {
        var own = own(file("outputs { o { pin = 11, controller { topic = \"home/alive\" } } }"));
        assertThat(own.outputs()
                        .get(0)
                        .config()
                        .watch()
                        .controller()
                        .orElseThrow()
                        .topic())
                .isEqualTo("home/alive");
    }
}
