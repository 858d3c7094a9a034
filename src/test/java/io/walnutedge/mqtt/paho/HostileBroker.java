package io.walnutedge.mqtt.paho;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.mqtt.Loopback;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A broker that speaks MQTT as it should, but for what it does to its first connection. */
final class HostileBroker implements AutoCloseable {
    /** What is done to the first connection, once it is up and has subscribed. */
    interface Attack {
        void on(OutputStream client) throws IOException;
    }

    private final Loopback server;
    private final Attack attack;
    private final boolean reads;
    private final AtomicInteger connections = new AtomicInteger();
    /** Acknowledgements that have come. */
    final AtomicLong acknowledged = new AtomicLong();

    private HostileBroker(Attack attack, boolean reads) throws IOException {
        this.attack = attack;
        this.reads = reads;
        var socket = new ServerSocket();
        if (!reads) {
            // little room for what is never read
            socket.setReceiveBufferSize(4_096);
        }
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        this.server = Loopback.start(socket, this::serve);
    }

    static HostileBroker start(Attack attack) throws IOException {
        return new HostileBroker(attack, true);
    }

    /** Reads nothing while it attacks. */
    static HostileBroker deaf(Attack attack) throws IOException {
        return new HostileBroker(attack, false);
    }

    BrokerAddress uri() {
        return server.uri("tcp");
    }

    private void serve(Socket socket) throws IOException {
        var attacks = connections.incrementAndGet() == 1;
        var in = new DataInputStream(socket.getInputStream());
        var out = socket.getOutputStream();
        while (true) {
            var first = in.readUnsignedByte();
            var body = new byte[length(in)];
            in.readFully(body);
            answer(first, body, out);
            if (attacks && first == 0x82) {
                attacks = false;
                if (reads) {
                    new Thread(() -> attack(out)).start();
                } else {
                    attack(out);
                }
            }
        }
    }

    private void attack(OutputStream out) {
        try {
            attack.on(out);
        } catch (IOException theClientHasLeft) {
            // as it should
        }
    }

    private static int length(DataInputStream in) throws IOException {
        var length = 0;
        for (var shift = 0; ; shift += 7) {
            var digit = in.readUnsignedByte();
            length |= (digit & 0x7f) << shift;
            if (digit < 0x80) {
                return length;
            }
        }
    }

    private void answer(int first, byte[] body, OutputStream out) throws IOException {
        switch (first >> 4) {
            case 1 -> out.write(new byte[] {0x20, 2, 0, 0});
            case 3 -> {
                var id = 2 + (body[0] << 8 | Byte.toUnsignedInt(body[1]));
                if ((first & 2) != 0) {
                    out.write(new byte[] {0x40, 2, body[id], body[id + 1]});
                }
            }
            case 4 -> acknowledged.incrementAndGet();
            case 8 -> out.write(new byte[] {(byte) 0x90, 3, body[0], body[1], 1});
            case 12 -> out.write(new byte[] {(byte) 0xd0, 0});
            default -> {}
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
