package io.walnutedge.mqtt;

import static io.walnutedge.mqtt.LinkRig.NO_TLS;
import static io.walnutedge.mqtt.LinkRig.STATUS;
import static io.walnutedge.mqtt.LinkRig.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.mqtt.paho.PahoTransport;
import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Subscriber;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The link with a real broker. */
class LinkIT {
    @TempDir
    Path directory;

    @BeforeAll
    static void patience() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        org.awaitility.Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
        org.awaitility.Awaitility.setDefaultPollDelay(Duration.ZERO);
    }

    @Test
    void aConnection_carriesStatesEventsReadingsAndCommands() {
        try (var broker = Mosquitto.start(directory);
                var sub = Subscriber.start(broker, "t/#");
                var rig = new LinkRig(LinkRig.settings(broker.uri()), NO_TLS, 100, "cpu")) {
            var commands = new CopyOnWriteArrayList<String>();
            Subscriber.publish(broker, "t/lamp/set", "OLD", "-r");
            rig.link.subscribe(
                    "t/+/set",
                    1,
                    (topic, payload, retained) ->
                            commands.add(topic + " " + new String(payload, StandardCharsets.UTF_8) + " " + retained));
            rig.link.state("t/lamp", bytes("OFF"), 1, true);
            rig.readings.readings(List.of(LinkRig.reading("cpu", 1), LinkRig.reading("cpu", 2)));
            rig.connected();
            await().until(() -> rig.link.event("t/answer", bytes("ok"), 1));
            Subscriber.publish(broker, "t/lamp/set", "ON");

            await().untilAsserted(() -> {
                assertThat(sub.messages("t/cpu")).containsExactly("1", "2");
                assertThat(sub.messages("t/lamp")).containsExactly("OFF");
                assertThat(sub.messages("t/answer")).containsExactly("ok");
                assertThat(sub.messages(STATUS)).containsExactly("online");
                assertThat(commands).containsExactly("t/lamp/set OLD true", "t/lamp/set ON false");
                assertThat(rig.outbox.counts().waiting()).isZero();
            });
        }
    }

    @Test
    void retainedMessages_areThereForWhoComesLater() {
        try (var broker = Mosquitto.start(directory);
                var rig = new LinkRig(LinkRig.settings(broker.uri()), NO_TLS, 100)) {
            rig.link.state("t/lamp", bytes("ON"), 1, true);
            rig.connected();
            try (var late = Subscriber.start(broker, "t/#")) {
                await().untilAsserted(
                                () -> assertThat(late.lines()).contains("1 t/lamp ON", "1 " + STATUS + " online"));
            }
        }
    }

    @Test
    void close_drainsAndSaysOffline() {
        try (var broker = Mosquitto.start(directory);
                var sub = Subscriber.start(broker, "t/#")) {
            var rig = new LinkRig(LinkRig.settings(broker.uri()), NO_TLS, 5000, "cpu");
            rig.connected();
            rig.readings.readings(LongStream.rangeClosed(1, 2000)
                    .mapToObj(seq -> LinkRig.reading("cpu", seq))
                    .toList());
            rig.link.state("t/lamp", bytes("OFF"), 1, true);
            rig.close();

            await().untilAsserted(() -> {
                assertThat(sub.messages("t/cpu")).hasSize(2000);
                assertThat(sub.messages("t/lamp")).containsExactly("OFF");
                assertThat(sub.messages(STATUS)).containsExactly("online", "offline");
            });
            await().untilAsserted(() -> assertThat(LinkRig.pahoThreads()).isEmpty());
        }
    }

    @Test
    void anAbruptEnd_leavesTheLastWill() {
        try (var broker = Mosquitto.start(directory);
                var sub = Subscriber.start(broker, "t/#")) {
            var transport = new PahoTransport(NO_TLS, InstantSource.system(), () -> true, LinkRig.FATAL);
            var settings = LinkRig.settings(broker.uri());
            var events = new RecordedEvents();
            var connection = transport.open(
                    broker.uri(),
                    settings,
                    java.util.Optional.of(Presence.online(STATUS).will()),
                    events);
            await().until(() -> events.list().contains("connected"));
            connection.close();
            await().untilAsserted(() -> assertThat(sub.messages(STATUS)).containsExactly("offline"));
        }
    }

    @Test
    void aRestartOfTheBroker_isOvercome() {
        try (var broker = Mosquitto.start(directory);
                var rig = new LinkRig(LinkRig.settings(broker.uri()), NO_TLS, 100)) {
            var commands = new CopyOnWriteArrayList<String>();
            rig.link.subscribe(
                    "t/set",
                    1,
                    (topic, payload, retained) -> commands.add(new String(payload, StandardCharsets.UTF_8)));
            rig.link.state("t/lamp", bytes("ON"), 1, true);
            rig.connected();
            broker.kill();
            await().until(() -> !rig.link.status().connected());
            rig.awaitError("connection refused; is a broker listening on port " + broker.port());
            broker.start();
            rig.awaitConnected();

            try (var sub = Subscriber.start(broker, "t/#")) {
                await().untilAsserted(() -> assertThat(sub.lines()).contains("1 t/lamp ON", "1 " + STATUS + " online"));
                Subscriber.publish(broker, "t/set", "ON");
                await().untilAsserted(() -> assertThat(commands).containsExactly("ON"));
            }
        }
    }

    @Test
    void aFrozenBroker_costsTheConnectionAfterTheKeepAlive_andNothingElse() {
        try (var broker = Mosquitto.start(directory);
                var rig = new LinkRig(shortKeepAlive(broker.uri()), NO_TLS, 100)) {
            rig.connected();
            broker.freeze();
            rig.awaitError("no answer to a ping within the keep-alive time");
            broker.thaw();
            rig.awaitConnected();
            assertThat(LinkRig.pahoThreads()).hasSizeLessThanOrEqualTo(6);
        }
    }

    private static LinkSettings shortKeepAlive(BrokerAddress broker) {
        return new LinkSettingsBuilder(broker)
                .keepAlive(Duration.ofSeconds(1))
                .connectTimeout(Duration.ofSeconds(1))
                .build();
    }

    @Test
    void theListOfBrokers_isTriedInOrder() {
        var dead = BrokerAddress.of("tcp://127.0.0.1:" + Mosquitto.freePort());
        try (var broker = Mosquitto.start(directory);
                var rig = new LinkRig(LinkRig.settings(dead, broker.uri()), NO_TLS, 100)) {
            rig.connected();
            assertThat(rig.link.status().broker()).isEqualTo(broker.uri().toString());
        }
    }

    @Test
    void aPassword_isAcceptedOrRefusedInWords() throws Exception {
        var passwords = directory.resolve("passwords");
        assertThat(new ProcessBuilder("mosquitto_passwd", "-b", "-c", passwords.toString(), "anna", "right")
                        .start()
                        .waitFor())
                .isZero();
        try (var broker =
                Mosquitto.start(directory, "allow_anonymous false", "password_file " + passwords.toAbsolutePath())) {
            try (var rig = new LinkRig(LinkRig.settings(broker.uri(), "anna", "right"), NO_TLS, 10)) {
                rig.connected();
            }
            try (var rig = new LinkRig(LinkRig.settings(broker.uri(), "anna", "wrong"), NO_TLS, 10)) {
                rig.link.start();
                rig.awaitError("user or password refused");
            }
            try (var rig = new LinkRig(LinkRig.settings(broker.uri()), NO_TLS, 10)) {
                rig.link.start();
                rig.awaitError("the broker wants a user and a password");
            }
        }
    }

    @Test
    void aLongMessage_isCut_andTheConnectionLives() throws Exception {
        var file = directory.resolve("long");
        Files.write(file, new byte[3_000_000]);
        try (var broker = Mosquitto.start(directory);
                var rig = new LinkRig(LinkRig.settings(broker.uri()), NO_TLS, 10)) {
            var sizes = new CopyOnWriteArrayList<Integer>();
            rig.link.subscribe("t/set", 1, (topic, payload, retained) -> sizes.add(payload.length));
            rig.connected();
            var pub = new ProcessBuilder(
                            "mosquitto_pub",
                            "-p",
                            Integer.toString(broker.port()),
                            "-q",
                            "1",
                            "-t",
                            "t/set",
                            "-f",
                            file.toString())
                    .start();
            assertThat(pub.waitFor()).isZero();
            Subscriber.publish(broker, "t/set", "x".repeat(4096));
            Subscriber.publish(broker, "t/set", "x".repeat(4097));
            Subscriber.publish(broker, "t/set", "ON");
            await().untilAsserted(() -> assertThat(sizes).containsExactly(4097, 4096, 4097, 2));
            assertThat(rig.link.status().connections()).isEqualTo(1);
        }
    }

    @Test
    void aHandlerThatThrows_doesNotCostTheConnection() {
        try (var broker = Mosquitto.start(directory);
                var rig = new LinkRig(LinkRig.settings(broker.uri()), NO_TLS, 10)) {
            var seen = new CopyOnWriteArrayList<String>();
            rig.link.subscribe("t/set", 1, (topic, payload, retained) -> {
                seen.add(new String(payload, StandardCharsets.UTF_8));
                throw new IllegalStateException("planted by a test");
            });
            rig.connected();
            Subscriber.publish(broker, "t/set", "1");
            Subscriber.publish(broker, "t/set", "2");
            await().untilAsserted(() -> assertThat(seen).containsExactly("1", "2"));
            assertThat(rig.link.status().connections()).isEqualTo(1);
        }
    }

    @Test
    void nameWithAnUnderscore_isResolvedAndNotRefused() {
        try (var rig = new LinkRig(LinkRig.settings(BrokerAddress.of("tcp://no_such_host.invalid:1883")), NO_TLS, 10)) {
            rig.link.start();
            rig.awaitError("the name 'no_such_host.invalid' is not known (DNS)");
        }
    }
}
