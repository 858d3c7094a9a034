package io.walnutedge.mqtt.paho;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.mqtt.LinkRig;
import io.walnutedge.mqtt.RecordedEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a broker, or whoever stands between, can do to a link: at worst it ends the connection, in words, and it comes back. */
class HostileBrokerIT {
    private static final int FLOOD = 1_000_000;

    private static byte[] publish(int qos, byte[] topic, int id, byte[] payload) {
        var remaining = 2 + topic.length + (qos > 0 ? 2 : 0) + payload.length;
        var packet = ByteBuffer.allocate(3 + remaining)
                .put((byte) (0x30 | qos << 1))
                .put((byte) ((remaining & 0x7f) | 0x80))
                .put((byte) (remaining >> 7))
                .putShort((short) topic.length)
                .put(topic);
        if (qos > 0) {
            packet.putShort((short) id);
        }
        return packet.put(payload).array();
    }

    private static HostileBroker.Attack flood(int... packet) {
        return client -> {
            var block = new ByteArrayOutputStream();
            for (var i = 0; i < 1_000; i++) {
                for (var each : packet) {
                    block.write(each);
                }
            }
            for (var sent = 0; sent < FLOOD; sent += 1_000) {
                block.writeTo(client);
            }
        };
    }

    /** Messages with other identifiers each, so that none is the same as one before. */
    private static HostileBroker.Attack messages(int qos) {
        return client -> {
            for (var sent = 0; sent < FLOOD; sent += 1_000) {
                var block = new ByteArrayOutputStream();
                for (var i = 0; i < 1_000; i++) {
                    block.writeBytes(publish(qos, "t/set".getBytes(UTF_8), 1 + (sent + i) % 65_535, new byte[100]));
                }
                block.writeTo(client);
            }
        };
    }

    private static HostileBroker.Attack noise(long seed) {
        return client -> {
            var random = new Random(seed);
            var block = new byte[1_000];
            for (var i = 0; i < 1_000; i++) {
                random.nextBytes(block);
                client.write(block);
            }
            client.close();
        };
    }

    private record Case(String name, String reason, HostileBroker broker, LinkRig rig) {}

    private static Case begin(String name, String reason, HostileBroker broker) {
        var rig = new LinkRig(LinkRig.settings(broker.uri()), LinkRig.NO_TLS, 100);
        rig.link.subscribe("t/set", 1, (topic, payload, retained) -> {});
        rig.link.start();
        return new Case(name, reason, broker, rig);
    }

    @Test
    void whatNoBrokerMaySend_endsTheConnection_andItComesBack() throws IOException {
        var stray = "100 answers to what was not asked";
        var attacks = new LinkedHashMap<String, Map.Entry<String, HostileBroker.Attack>>();
        attacks.put("QoS 2 without PUBREL", Map.entry("QoS 2, which was not asked for", messages(2)));
        attacks.put("QoS 3", Map.entry("QoS 3", messages(3)));
        attacks.put("CONNACK", Map.entry(stray, flood(0x20, 2, 0, 0)));
        attacks.put("PUBACK", Map.entry(stray, flood(0x40, 2, 0x70, 7)));
        attacks.put("PUBREC", Map.entry(stray, flood(0x50, 2, 0, 7)));
        attacks.put("PUBREL", Map.entry(stray, flood(0x62, 2, 0, 7)));
        attacks.put("PUBCOMP", Map.entry(stray, flood(0x70, 2, 0, 7)));
        attacks.put("SUBACK", Map.entry(stray, flood(0x90, 3, 0x70, 7, 1)));
        attacks.put("UNSUBACK", Map.entry(stray, flood(0xb0, 2, 0, 7)));
        attacks.put("PINGRESP", Map.entry(stray, flood(0xd0, 0)));
        for (var type : List.of(0, 1, 8, 10, 12, 14, 15)) {
            attacks.put("type " + type, Map.entry("a packet of type " + type, flood(type << 4, 0)));
        }
        attacks.put("no identifier", Map.entry("identifier 0", flood(0x32, 6, 0, 1, 't', 0, 0, 'x')));
        attacks.put("a long topic", Map.entry("longer than itself", flood(0x30, 3, 0xff, 0xff, 't')));
        attacks.put("nothing", Map.entry("too short", flood(0x30, 0)));
        attacks.put("five bytes of length", Map.entry("more than four bytes", flood(0x30, 0xff, 0xff, 0xff, 0xff, 1)));
        attacks.put("cut", Map.entry("the broker closed the connection", client -> {
            client.write(new byte[] {0x30, 100, 0, 5});
            client.close();
        }));
        var seed = System.nanoTime();
        for (var i = 0; i < 10; i++) {
            attacks.put("noise of seed " + (seed + i), Map.entry("", noise(seed + i)));
        }
        var cases = new ArrayList<Case>();
        for (var attack : attacks.entrySet()) {
            cases.add(begin(
                    attack.getKey(),
                    attack.getValue().getKey(),
                    HostileBroker.start(attack.getValue().getValue())));
        }
        for (var each : cases) {
            await(each.name)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> each.rig.link.status().connected()
                            && each.rig.link.status().connections() == 2);
            assertThat(each.rig.link.status().lastError()).as(each.name).contains(each.reason);
            each.rig.close();
            each.broker.close();
        }
    }

    @Test
    void aBrokerThatTakesNoAcknowledgement_isLeft_beforeTheyFillTheMemory() throws Exception {
        // without a link, which would miss the acknowledgement of its own status before the kernel's buffers are full
        try (var broker = HostileBroker.deaf(client -> {
            while (true) {
                messages(1).on(client);
            }
        })) {
            var events = new RecordedEvents() {
                @Override
                public void arrived(String topic, byte[] payload, boolean retained) {}
            };
            var connection = new PahoTransport(LinkRig.NO_TLS, InstantSource.system(), () -> true, LinkRig.FATAL)
                    .open(broker.uri(), LinkRig.settings(broker.uri()), Optional.empty(), events);
            await().until(() -> events.list().contains("connected"));
            connection.subscribe("t/set", 1, 1);
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(events.list())
                            .endsWith("lost: the broker sends messages and takes no acknowledgement; 1000 wait"));
            connection.close();
        }
    }

    @Test
    void whatMqttAllows_arrives_andWhatACarelessBrokerHandsOn_costsNothing() throws IOException {
        var arrived = new CopyOnWriteArrayList<String>();
        var allowed = List.of(
                "t/\u0001", "t/\u007f\u009f", "t/\ufffe", "t/\ufdd0", "t/\ud83f\udfff", "t/\u202e", "t/\n\r\u001b[2J");
        var forbidden = List.of(
                new byte[0],
                "t/+".getBytes(UTF_8),
                "t/#".getBytes(UTF_8),
                "t/\0".getBytes(UTF_8),
                new byte[] {'t', '/', (byte) 0xff},
                new byte[] {'t', '/', (byte) 0xc0, (byte) 0x80},
                new byte[] {'t', '/', (byte) 0xed, (byte) 0xa0, (byte) 0x80});
        try (var broker = HostileBroker.start(client -> {
                    for (var topic : forbidden) {
                        client.write(publish(1, topic, 7, new byte[1]));
                    }
                    client.write(publish(1, "never/asked".getBytes(UTF_8), 7, new byte[1]));
                    // a few answers too many are no attack
                    client.write(new byte[] {0x40, 2, 0x70, 7, (byte) 0xd0, 0, 0x20, 2, 0, 0});
                    for (var topic : allowed) {
                        client.write(publish(1, topic.getBytes(UTF_8), 7, new byte[1]));
                    }
                });
                var rig = new LinkRig(LinkRig.settings(broker.uri()), LinkRig.NO_TLS, 100)) {
            rig.link.subscribe("t/#", 1, (topic, payload, retained) -> arrived.add(topic));
            rig.connected();
            await().untilAsserted(() -> assertThat(arrived).isEqualTo(allowed));
            await().untilAsserted(
                            () -> assertThat(broker.acknowledged).hasValue(allowed.size() + forbidden.size() + 1L));
            assertThat(rig.link.status().connections()).isEqualTo(1);
            assertThat(rig.link.status().connected()).isTrue();
        }
    }
}
