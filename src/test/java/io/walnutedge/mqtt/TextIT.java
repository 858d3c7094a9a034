package io.walnutedge.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.config.FixedLogin;
import io.walnutedge.config.MqttText;
import io.walnutedge.config.MqttTextTest;
import io.walnutedge.config.Secret;
import io.walnutedge.mqtt.paho.PahoTransport;
import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Subscriber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every text that MQTT allows goes to a real mosquitto and back, in each place where a text may stand; no other is sent. */
class TextIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** In bytes, with room for a level more. */
    private static final int LONGEST = MqttText.MAX_BYTES - "/.".length();

    private static final String SPEAKING = "a：b／温度（℃）🌡\ufeff\ue000\udbff\udffd";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static Transport.Connection open(LinkSettings settings, Optional<Publication> will, RecordedEvents events) {
        return new PahoTransport(LinkRig.NO_TLS, InstantSource.system(), () -> true, LinkRig.FATAL)
                .open(settings.brokers().get(0), settings, will, events);
    }

    private static LinkSettings settings(BrokerAddress broker, String id, Optional<String> user, String password) {
        return new LinkSettingsBuilder(broker)
                .login(new FixedLogin(id, user, user.map(any -> new Secret(password))))
                .withoutPresence()
                .build();
    }

    private static void awaitConnected(RecordedEvents events) {
        await().atMost(LIMIT).until(() -> !events.list().isEmpty());
        assertThat(events.list()).containsExactly("connected");
    }

    /** Each allowed code point but the wildcards and the slash, in topics as long as may be. */
    private static List<String> topics() {
        var forbidden = MqttTextTest.forbidden();
        var topics = new ArrayList<String>();
        var topic = new StringBuilder();
        var room = LONGEST;
        for (var c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (forbidden.get(c) || c == '+' || c == '#' || c == '/') {
                continue;
            }
            var bytes = Character.toString(c).getBytes(UTF_8).length;
            if (bytes > room) {
                topics.add(topic.toString());
                topic.setLength(0);
                room = LONGEST;
            }
            topic.appendCodePoint(c);
            room -= bytes;
        }
        topics.add(topic.toString());
        return topics;
    }

    @Test
    void everyCharacter_inTopicsAndFilters_comesBack() throws Exception {
        try (var broker = Mosquitto.start(directory)) {
            var events = new RecordedEvents();
            var connection = open(settings(broker.uri(), "all", Optional.empty(), ""), Optional.empty(), events);
            awaitConnected(events);
            var expected = new ArrayList<String>();
            for (var topic : topics()) {
                connection.subscribe(topic, 1, expected.size());
                var tag = expected.size();
                await().atMost(LIMIT).until(() -> events.list().contains("done " + tag));
                connection.publish(
                        new Publication(topic, topic.substring(0, 7).getBytes(UTF_8), 1, false), 1_000 + tag, false);
                expected.add("arrived " + topic + " " + topic.substring(0, 7).getBytes(UTF_8).length);
                await().atMost(LIMIT).until(() -> events.list().contains("done " + (1_000 + tag)));
            }
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(events.list().stream()
                                    .filter(each -> each.startsWith("arrived"))
                                    .toList())
                            .isEqualTo(expected));
            assertThat(expected).hasSizeGreaterThan(60);
            assertThat(events.list()).noneMatch(each -> each.startsWith("lost") || each.startsWith("refused"));
            connection.close();
        }
    }

    @Test
    void clientIdsAndLogins_ofEachScript_areTaken() throws Exception {
        var passwords = directory.resolve("passwords");
        var users = List.of("小明", "a：b".replace('：', '﹕'), "user ＠家", "🌡", "\udbff\udffd", "é\ufeffx");
        var password = "密码：１２３\t「完」 ";
        Files.writeString(passwords, "");
        for (var user : users) {
            assertThat(new ProcessBuilder("mosquitto_passwd", "-b", passwords.toString(), user, password)
                            .start()
                            .waitFor())
                    .isZero();
        }
        try (var broker = Mosquitto.start(directory, "allow_anonymous false", "password_file " + passwords)) {
            for (var user : users) {
                var events = new RecordedEvents();
                var connection = open(
                        settings(broker.uri(), SPEAKING + user, Optional.of(user), password), Optional.empty(), events);
                awaitConnected(events);
                connection.close();
            }
            assertThat(Files.readString(directory.resolve("mosquitto.log"))).contains(SPEAKING + "小明");
        }
    }

    @Test
    void lastWill_isPublishedOnItsTopic() throws Exception {
        try (var broker = Mosquitto.start(directory);
                var seen = Subscriber.start(broker, "#")) {
            for (var retain : List.of(false, true)) {
                var events = new RecordedEvents();
                var will = new Publication("状态：" + SPEAKING + retain, "离线：！".getBytes(UTF_8), 1, retain);
                var connection = open(settings(broker.uri(), "will", Optional.empty(), ""), Optional.of(will), events);
                awaitConnected(events);
                connection.close();
                await().atMost(LIMIT).until(() -> seen.last(will.topic()).equals("离线：！"));
            }
            try (var late = Subscriber.start(broker, "#")) {
                assertThat(late.lines())
                        .filteredOn(line -> line.startsWith("1 "))
                        .containsExactly("1 状态：" + SPEAKING + "true 离线：！");
            }
        }
    }

    /** One that was announced to come with the next one, too: nothing may be kept back for it. */
    @Test
    void whatCannotBeSent_isRefused_andTheConnectionGoesOn() throws Exception {
        try (var broker = Mosquitto.start(directory);
                var seen = Subscriber.start(broker, "t/#")) {
            var events = new RecordedEvents();
            var connection = open(settings(broker.uri(), "never", Optional.empty(), ""), Optional.empty(), events);
            awaitConnected(events);
            var tag = 0;
            var bad = new ArrayList<>(List.of("", "t/+", "t/#", "t/" + "x".repeat(65_534), "\udf21\ud83c"));
            MqttTextTest.forbidden().stream()
                    .mapToObj(c -> "t/" + Character.toString(c))
                    .forEach(bad::add);
            for (var topic : bad) {
                var message = new Publication(topic, new byte[1], 1, false);
                assertThatThrownBy(() -> connection.publish(message, 1, true))
                        .as(topic)
                        .isInstanceOf(IllegalArgumentException.class);
            }
            for (var c : new int[] {0, 9, 0x85, 0xfffe, 0xfdd0, 0x1ffff, 0xd800}) {
                assertThatThrownBy(() -> connection.subscribe("$share/g/" + Character.toString(c), 1, 1))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            while (tag < 5) {
                var last = ++tag;
                connection.publish(new Publication("t/" + SPEAKING, "5".getBytes(UTF_8), 1, false), last, false);
                await().atMost(LIMIT).until(() -> events.list().contains("done " + last));
            }
            await().atMost(LIMIT).until(() -> seen.messages("t/" + SPEAKING).size() == 5);
            connection.close();
        }
    }

    @Test
    void clientIdOrUser_thatCannotBeSent_isSaid_andNothingIsSent() {
        var broker = BrokerAddress.of("tcp://127.0.0.1:" + Mosquitto.freePort());
        for (var c : new int[] {0, 9, 0x7f, 0x85, 0xfffe, 0xffff, 0xfdd0, 0x10ffff, 0xd800, 0xdfff}) {
            var text = "a" + Character.toString(c);
            for (var settings : List.of(
                    settings(broker, text, Optional.empty(), ""), settings(broker, "a", Optional.of(text), ""))) {
                var events = new RecordedEvents();
                open(settings, Optional.empty(), events).close();
                assertThat(events.list())
                        .singleElement()
                        .asString()
                        .startsWith("lost: this ")
                        .contains("cannot be sent: it has ", String.format("U+%04X", c));
            }
        }
    }
}
