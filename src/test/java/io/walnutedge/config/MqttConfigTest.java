package io.walnutedge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttConfigTest {
    private static final DeviceConfig DEVICE =
            new DeviceConfig("greenhouse", "0a1b2c3d", Path.of("/sys"), Path.of("/proc"), Path.of("/dev"));

    private final Problems problems = new Problems();

    private MqttConfig read(String hocon) {
        return MqttConfig.from(ConfigFile.parse(hocon, problems), DEVICE);
    }

    private static FixedLogin login(MqttConfig mqtt) {
        return mqtt.connection().login().at(Instant.EPOCH);
    }

    private String problem() {
        assertThat(problems.list()).hasSize(1);
        return problems.list().get(0).message();
    }

    @Test
    void defaults_serve_a_board_with_its_own_broker() {
        var mqtt = read("");
        assertThat(problems.list()).isEmpty();
        assertThat(mqtt.connection().brokers()).hasToString("[tcp://127.0.0.1:1883]");
        assertThat(login(mqtt).clientId()).isEqualTo("walnut-edge-greenhouse-0a1b2c3d");
        assertThat(mqtt.topics().status()).isEqualTo("walnutpi/greenhouse/status");
        assertThat(mqtt.topics().command()).isEqualTo("walnutpi/greenhouse/command");
        assertThat(mqtt.topics().result()).isEqualTo("walnutpi/greenhouse/command/result");
        assertThat(mqtt.connection().tls().verifyHostName()).isTrue();
    }

    @Test
    void health_is_told_each_minute_or_never() {
        assertThat(read("").timing().healthEvery()).hasMinutes(1);
        assertThat(read("health-every = 5 min").timing().healthEvery()).hasMinutes(5);
        assertThat(read("health-every = off").timing().healthEvery()).isZero();
        assertThat(read("health-every = 0 s").timing().healthEvery()).isZero();
        assertThat(problems.list()).isEmpty();
        read("health-every = 100 ms");
        assertThat(problem()).contains("out of range; accepted: 1 s to 1 d");
    }

    /** Home Assistant's birth topic is a setting of its own and does not follow its prefix. */
    @Test
    void birth_topic_stays_where_it_is_whatever_the_prefix() {
        assertThat(read("").discovery().birthTopic()).isEqualTo("homeassistant/status");
        assertThat(read("discovery = device, discovery-prefix = ha").discovery().birthTopic())
                .isEqualTo("homeassistant/status");
        assertThat(read("birth-topic = \"ha/born\"").discovery().birthTopic()).isEqualTo("ha/born");
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"homeassistant/#", "+/status", "$SYS/broker"})
    void birth_topic_is_a_topic(String topic) {
        read("birth-topic = \"" + topic + "\"");
        assertThat(problem()).contains("'" + topic + "' is no topic");
    }

    @Test
    void list_of_brokers_keeps_its_order() {
        assertThat(read("broker = [\"tcp://a:1\", \"wss://b/mqtt\"]")
                        .connection()
                        .brokers())
                .hasToString("[tcp://a:1, wss://b/mqtt]");
    }

    @ParameterizedTest
    @CsvSource({
        "http://a:1, must begin with tcp://",
        "localhost, must begin with tcp://",
        "tcp://a:70000, no valid host and port",
        "tcp://u:geheim@a:1, no user or password in the URL",
        "'tcp://a b', is not a URL"
    })
    void url_that_serves_nothing_is_refused(String url, String why) {
        read("broker = \"" + url + "\"");
        assertThat(problem()).contains(why).doesNotContain("geheim");
    }

    @Test
    void password_file_is_read_and_never_shown(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("pw"), "hunter2\n");
        var mqtt = read("user = pi\npassword-file = \"" + file + "\"");
        assertThat(problems.list()).isEmpty();
        assertThat(new String(login(mqtt).password().orElseThrow().reveal())).isEqualTo("hunter2");
        assertThat(mqtt.toString()).doesNotContain("hunter2").contains("****");
    }

    @Test
    void password_in_the_configuration_is_refused_without_showing_it() {
        read("user = pi\npassword = hunter2");
        assertThat(problem()).contains("use password-file").doesNotContain("hunter2");
    }

    @Test
    void certificate_without_key_is_refused(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("c.pem"), "x");
        read("tls { certificate-file = \"" + file + "\" }");
        assertThat(problem()).contains("belong together");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/+/b", "a/#", "$SYS/x", "a\\u0000b", "a\\nb"})
    void topic_that_cannot_be_published_to_is_refused(String topic) {
        read("status-topic = \"" + topic + "\"");
        assertThat(problem()).contains("is no topic to publish to");
    }

    @ParameterizedTest
    @CsvSource({
        "a/+/b, ''",
        "#, ''",
        "+, ''",
        "$SYS/#, ''",
        "a/b#, must stand alone",
        "a/#/b, must stand alone",
        "a+, must stand alone"
    })
    void filter_is_judged_by_the_standard(String filter, String why) {
        assertThat(Topics.faultOfFilter(filter)).contains(why);
        assertThat(Topics.faultOfFilter(filter).isEmpty()).isEqualTo(why.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"tcp, ssl", "tcp, wss", "ws, ssl", "ws, wss", "ssl, tcp", "wss, tcp", "ssl, ws", "wss, ws"})
    void plain_and_encrypted_brokers_in_one_list_are_a_mistake_unless_allowed(String first, String second) {
        var list = "broker = [\"" + first + "://a:1\", \"" + second + "://b:1\"]\n";
        for (var login : new String[] {"", "user = pi\n"}) {
            var refused = new Problems();
            MqttConfig.from(ConfigFile.parse(list + login, refused), DEVICE);
            assertThat(refused.list()).hasSize(1);
            assertThat(refused.list().get(0).message())
                    .contains("in the clear by "
                            + (first.equals("tcp") || first.equals("ws") ? first + "://a:1" : second + "://b:1"))
                    .contains("plain-fallback = true");
            read(list + login + "plain-fallback = true");
        }
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "localhost", "[::1]"})
    void plain_broker_on_the_board_itself_is_no_mistake(String host) {
        read("user = pi, broker = [\"ssl://a:1\", \"tcp://" + host + ":1\"]");
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"tcp, tcp", "tcp, ws", "ws, tcp", "ssl, ssl", "ssl, wss", "wss, ssl"})
    void brokers_of_one_kind_need_no_leave(String first, String second) {
        read("user = pi, broker = [\"" + first + "://a:1\", \"" + second + "://b:1\"]");
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ url = \"tcp://u:geheim@a\" }",
                "[[\"tcp://u:geheim@a\"]]",
                "[{ url = \"wss://a/?geheim\" }]",
                "[\"user:geheim@a:1883\"]",
                "\"tcp:u:geheim@a\""
            })
    void broker_that_is_no_text_is_refused_without_showing_what_is_in_it(String value) {
        read("broker = " + value);
        assertThat(problems.list())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("geheim"));
    }
}
