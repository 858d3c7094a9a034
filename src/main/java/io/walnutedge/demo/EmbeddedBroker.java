package io.walnutedge.demo;

import io.moquette.BrokerConstants;
import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Properties;

/** An MQTT broker on 127.0.0.1 that keeps nothing on disk; for the demonstration only. One thread. */
final class EmbeddedBroker implements AutoCloseable {
    /** Bytes of a packet: what MQTT 3.1.1, 2.2.3 allows. Moquette's own limit is below one description of a board. */
    private static final int LARGEST = 268_435_455;

    private final Server server = new Server();
    private final int port;

    private EmbeddedBroker(int port) {
        this.port = port;
    }

    /** @param port or a free one where that is taken */
    static EmbeddedBroker onPort(int port) throws IOException {
        for (var wanted : List.of(port, 0)) {
            try (var socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
                return new EmbeddedBroker(socket.getLocalPort());
            } catch (IOException taken) {
                if (wanted == 0) {
                    throw taken;
                }
            }
        }
        throw new IOException("no free port");
    }

    /** @throws IOException if the port is taken */
    void start() throws IOException {
        var settings = new Properties();
        settings.setProperty(IConfig.HOST_PROPERTY_NAME, "127.0.0.1");
        settings.setProperty(IConfig.PORT_PROPERTY_NAME, Integer.toString(port));
        settings.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "true");
        // mosquitto_sub and mosquitto_pub connect without a client id (MQTT 3.1.1, 3.1.3.1)
        settings.setProperty(BrokerConstants.ALLOW_ZERO_BYTE_CLIENT_ID_PROPERTY_NAME, "true");
        settings.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
        settings.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
        settings.setProperty(IConfig.NETTY_MAX_BYTES_PROPERTY_NAME, Integer.toString(LARGEST));
        server.startServer(new MemoryConfig(settings));
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.stopServer();
    }
}
