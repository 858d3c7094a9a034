package io.walnutedge.fault;

import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes down everything that arrives at the broker, in order. It has its own connection and as much MQTT 3.1.1 of its
 * own as that takes, connects again by itself, and has the broker keep its session meanwhile.
 */
final class Collector implements AutoCloseable {
    private static final String MARKER = "collector/marker";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PUBLISH = 3;
    private static final int PUBACK = 4;
    private static final int SUBACK = 9;

    private record Key(String sensor, long value) {}

    private final IntSupplier port;
    private final Thread thread = new Thread(this::run, "collector");
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Set<Key> seen = new HashSet<>();
    private Instant newest = Instant.MIN;
    private long newestHistorical = System.nanoTime();
    private String marker = "";
    private int subscriptions;
    private int markers;
    private volatile boolean closed;
    private volatile @Nullable Socket socket;

    private Collector(IntSupplier port) {
        this.port = port;
    }

    /** Subscribes to everything, and returns when it has. */
    static Collector start(IntSupplier port) {
        var collector = new Collector(port);
        collector.thread.setDaemon(true);
        collector.thread.start();
        collector.awaitSubscription(1);
        return collector;
    }

    /** Subscriptions confirmed so far: one with each connection. */
    synchronized int subscriptions() {
        return subscriptions;
    }

    void awaitSubscription(int number) {
        await().atMost(PATIENCE).until(() -> subscriptions() >= number);
    }

    synchronized List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** Whether it has arrived. */
    synchronized boolean has(String sensor, long value) {
        return seen.contains(new Key(sensor, value));
    }

    /** The latest time that stood in a reading so far. */
    synchronized Instant newest() {
        return newest;
    }

    /** When the last historical reading arrived, by the monotonic clock; before the first one, when this began. */
    synchronized long newestHistorical() {
        return newestHistorical;
    }

    /** Returns when all has arrived that the broker had taken from others before. */
    void catchUp() {
        String mine;
        synchronized (this) {
            mine = "marker " + ++markers;
        }
        try {
            var open = socket;
            if (open == null) {
                throw new AssertionError("the collector has no connection");
            }
            var packet = new Packet();
            packet.text(MARKER).number(1).bytes(mine.getBytes(StandardCharsets.UTF_8));
            packet.send(open, (PUBLISH << 4) | (1 << 1));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        await().atMost(PATIENCE).until(() -> mine.equals(marker()));
    }

    private synchronized String marker() {
        return marker;
    }

    private void run() {
        while (!closed) {
            try (var open = new Socket(InetAddress.getLoopbackAddress(), port.getAsInt())) {
                open.setTcpNoDelay(true);
                socket = open;
                serve(open);
            } catch (IOException away) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            } finally {
                socket = null;
            }
        }
    }

    private void serve(Socket open) throws IOException {
        // 3.1: no clean session, no keep-alive
        new Packet().text("MQTT").octet(4).octet(0).number(0).text("collector").send(open, 1 << 4);
        // 3.8: everything, with QoS 1
        new Packet().number(2).text("#").octet(1).send(open, (8 << 4) | 2);
        var in = new DataInputStream(new BufferedInputStream(open.getInputStream()));
        while (true) {
            var header = in.readUnsignedByte();
            var body = in.readNBytes(length(in));
            switch (header >> 4) {
                case PUBLISH -> published(open, header, body);
                case SUBACK -> subscribed();
                default -> {
                    // CONNACK and the acknowledgements of markers tell nothing
                }
            }
        }
    }

    private synchronized void subscribed() {
        subscriptions++;
    }

    /** 2.2.3. */
    private static int length(DataInputStream in) throws IOException {
        var length = 0;
        for (var shift = 0; ; shift += 7) {
            var octet = in.readUnsignedByte();
            length |= (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return length;
            }
        }
    }

    /** 3.3. */
    private void published(Socket open, int header, byte[] body) throws IOException {
        var now = System.nanoTime();
        var topicLength = ((body[0] & 0xff) << 8) | (body[1] & 0xff);
        var topic = new String(body, 2, topicLength, StandardCharsets.UTF_8);
        var from = 2 + topicLength;
        var quality = (header >> 1) & 3;
        var packet = from;
        if (quality > 0) {
            from += 2;
        }
        var payload = new String(body, from, body.length - from, StandardCharsets.UTF_8);
        note(new Arrival(now, topic, payload, (header & 1) != 0, (header & 8) != 0));
        if (quality > 0) {
            new Packet().octet(body[packet]).octet(body[packet + 1]).send(open, PUBACK << 4);
        }
    }

    private synchronized void note(Arrival arrival) {
        if (arrival.topic().equals(MARKER)) {
            marker = arrival.payload();
            return;
        }
        arrivals.add(arrival);
        arrival.reading().ifPresent(reading -> {
            seen.add(new Key(reading.sensor(), reading.value()));
            newest = reading.time().isAfter(newest) ? reading.time() : newest;
            newestHistorical = reading.historical() ? arrival.nanos() : newestHistorical;
        });
    }

    @Override
    public void close() {
        closed = true;
        try {
            var open = socket;
            if (open != null) {
                open.close();
            }
            thread.join(5_000);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** A control packet without its fixed header. */
    private static final class Packet {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream body = new DataOutputStream(bytes);

        Packet octet(int octet) throws IOException {
            body.writeByte(octet);
            return this;
        }

        Packet number(int number) throws IOException {
            body.writeShort(number);
            return this;
        }

        Packet text(String text) throws IOException {
            body.writeUTF(text);
            return this;
        }

        Packet bytes(byte[] more) throws IOException {
            body.write(more);
            return this;
        }

        /** Of at most 127 bytes. */
        void send(Socket socket, int header) throws IOException {
            var packet = new byte[2 + bytes.size()];
            packet[0] = (byte) header;
            packet[1] = (byte) bytes.size();
            System.arraycopy(bytes.toByteArray(), 0, packet, 2, bytes.size());
            synchronized (socket) {
                socket.getOutputStream().write(packet);
            }
        }
    }
}
