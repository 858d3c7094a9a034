package io.walnutedge.cli;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker that accepts every connection (MQTT 3.1.1), and then does what brokers do that will not take something. */
final class StubbornBroker implements AutoCloseable {
    /** What becomes of a message. */
    enum Manner {
        ACKNOWLEDGES,
        SAYS_NOTHING,
        CLOSES,
        /** The first connection, as a network that flaps. */
        CLOSES_ONCE
    }

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final Manner manner;
    private final Set<String> refused;
    /** Topics of what came. */
    final List<String> published = Collections.synchronizedList(new ArrayList<>());

    /** @param refused filters that are answered with 0x80 (3.9.3); to a subscriber of another one comes a message of its name */
    StubbornBroker(Manner manner, Set<String> refused) throws IOException {
        this.manner = manner;
        this.refused = refused;
        daemon(this::accept);
    }

    String url() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "stubborn broker");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                var client = server.accept();
                clients.add(client);
                daemon(() -> serve(client));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void serve(Socket client) {
        var isFirst = connections.incrementAndGet() == 1;
        try (client) {
            var in = new DataInputStream(client.getInputStream());
            while (answer(in.readUnsignedByte() >> 4, body(in), client.getOutputStream(), isFirst)) {
                // until one of both closes it
            }
        } catch (IOException gone) {
            clients.remove(client);
        }
    }

    private static byte[] body(DataInputStream in) throws IOException {
        var length = 0;
        var shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7f) << shift;
            shift += 7;
        } while (digit >= 0x80);
        return in.readNBytes(length);
    }

    private boolean answer(int type, byte[] body, OutputStream out, boolean isFirst) throws IOException {
        switch (type) {
            case 1 -> out.write(new byte[] {0x20, 2, 0, 0});
            case 3 -> {
                var length = body[0] << 8 | Byte.toUnsignedInt(body[1]);
                published.add(new String(body, 2, length, StandardCharsets.UTF_8));
                if (manner == Manner.CLOSES || (manner == Manner.CLOSES_ONCE && isFirst)) {
                    return false;
                }
                if (manner != Manner.SAYS_NOTHING) {
                    out.write(new byte[] {0x40, 2, body[2 + length], body[3 + length]});
                }
            }
            case 8 -> {
                var filter = new String(body, 4, body.length - 5, StandardCharsets.UTF_8);
                var isRefused = refused.contains(filter);
                out.write(new byte[] {(byte) 0x90, 3, body[0], body[1], (byte) (isRefused ? 0x80 : 1)});
                if (!isRefused) {
                    var topic = filter.getBytes(StandardCharsets.UTF_8);
                    out.write(new byte[] {0x30, (byte) (topic.length + 3), 0, (byte) topic.length});
                    out.write(topic);
                    out.write('!');
                }
            }
            case 12 -> out.write(new byte[] {(byte) 0xd0, 0});
            default -> {}
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var client : clients) {
            client.close();
        }
    }
}
