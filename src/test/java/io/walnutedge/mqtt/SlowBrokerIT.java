package io.walnutedge.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A broker whose answers, those to pings too, come later than a keep-alive time twice over. */
class SlowBrokerIT {
    private static final int KEEP_ALIVE = 1;
    private static final Duration DELAY = Duration.ofSeconds(5);

    private final AtomicInteger connections = new AtomicInteger();
    private final List<Integer> packets = new CopyOnWriteArrayList<>();

    private void serve(Socket socket) throws IOException {
        connections.incrementAndGet();
        var in = new DataInputStream(socket.getInputStream());
        var out = socket.getOutputStream();
        var later = Executors.newSingleThreadScheduledExecutor();
        try {
            while (true) {
                var first = in.readUnsignedByte();
                var body = in.readNBytes(in.readUnsignedByte());
                packets.add(first >> 4);
                var answer = answer(first, body);
                var unused = later.schedule(
                        () -> write(out, answer), first >> 4 == 1 ? 0 : DELAY.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            later.shutdownNow();
        }
    }

    private static void write(OutputStream out, byte[] answer) {
        try {
            out.write(answer);
        } catch (IOException theClientHasLeft) {
            // the test is over, or it fails
        }
    }

    /** MQTT 3.1.1, 3.2, 3.4, 3.9, 3.13; packets of the test are shorter than 128 bytes. */
    private static byte[] answer(int first, byte[] body) {
        return switch (first >> 4) {
            case 1 -> new byte[] {0x20, 2, 0, 0};
            case 3 -> {
                var id = 2 + (body[0] << 8 | body[1]);
                yield new byte[] {0x40, 2, body[id], body[id + 1]};
            }
            case 8 -> new byte[] {(byte) 0x90, 3, body[0], body[1], 1};
            case 12 -> new byte[] {(byte) 0xd0, 0};
            default -> new byte[0];
        };
    }

    @Test
    void lateAnswers_alsoToPings_endNoConnection() throws IOException {
        try (var server = Loopback.start(this::serve)) {
            var settings = new LinkSettingsBuilder(server.uri("tcp"))
                    .keepAlive(Duration.ofSeconds(KEEP_ALIVE))
                    .build();
            try (var rig = new LinkRig(settings, LinkRig.NO_TLS, 100, "cpu")) {
                rig.readings.readings(List.of(LinkRig.reading("cpu", 1), LinkRig.reading("cpu", 2)));
                rig.link.subscribe("t/lamp/set", 1, (topic, payload, retained) -> {});
                rig.connected();
                await().atMost(DELAY.multipliedBy(3))
                        .until(() -> rig.outbox.counts().waiting() == 0 && packets.contains(8));
                assertThat(packets).as("pings go on").contains(12);
                assertThat(connections).hasValue(1);
                assertThat(rig.link.status().connected()).isTrue();
            }
        }
    }
}
