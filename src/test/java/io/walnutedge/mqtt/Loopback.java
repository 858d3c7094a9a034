package io.walnutedge.mqtt;

import io.walnutedge.config.BrokerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that treats each connection as a test says. */
public final class Loopback implements AutoCloseable {
    /** What is done with a connection, on a thread of its own. */
    public interface Treatment {
        void treat(Socket socket) throws IOException;
    }

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private Loopback(ServerSocket server) {
        this.server = server;
    }

    public static Loopback start(Treatment treatment) throws IOException {
        return start(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), treatment);
    }

    public static Loopback start(ServerSocket server, Treatment treatment) {
        var loopback = new Loopback(server);
        thread(() -> {
            while (!server.isClosed()) {
                var socket = server.accept();
                loopback.sockets.add(socket);
                thread(() -> treatment.treat(socket));
            }
        });
        return loopback;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // the test is over, or the other side has left
                    }
                },
                "loopback");
        thread.setDaemon(true);
        thread.start();
    }

    public BrokerAddress uri(String scheme) {
        return BrokerAddress.of(scheme + "://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
