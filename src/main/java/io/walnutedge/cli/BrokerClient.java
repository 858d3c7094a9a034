package io.walnutedge.cli;

import io.walnutedge.config.LogConfig;
import io.walnutedge.config.MqttConfig;
import io.walnutedge.logging.LogSetup;
import io.walnutedge.mqtt.Link;
import io.walnutedge.mqtt.LinkOptions;
import io.walnutedge.mqtt.LinkSettings;
import io.walnutedge.mqtt.paho.PahoTransport;
import io.walnutedge.systemd.ClockSync;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client of the configured broker beside the daemon: with its login, under a name of its own, without a status. */
public final class BrokerClient {
    /** Bytes of a message that are shown; a longer one is cut. */
    private static final int PAYLOAD_LIMIT = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(BrokerClient.class);

    private BrokerClient() {}

    /** @param role what it is there for, a part of its client id */
    public static Link link(MqttConfig mqtt, String role) {
        // the commands say themselves how the link is
        LogSetup.level(LogConfig.Level.WARN);
        var id = "walnut-edge-" + role + "-" + HexFormat.of().toHexDigits(new SecureRandom().nextInt());
        return new Link(
                LinkSettings.of(mqtt, 1).asGuest(id, PAYLOAD_LIMIT),
                LinkOptions.plain(BrokerClient::fatal),
                new PahoTransport(
                        mqtt.connection().tls(),
                        InstantSource.system(),
                        new ClockSync(System::nanoTime),
                        BrokerClient::fatal),
                System::nanoTime,
                InstantSource.system(),
                new SplittableRandom());
    }

    /** How long its first connection is waited for. */
    static Duration patience(MqttConfig mqtt) {
        return LinkSettings.of(mqtt, 1).verdict();
    }

    /** An {@link Error} ends the process, whether it can be said or not. */
    private static void fatal(Thread thread, Throwable error) {
        try {
            LOG.error("thread {} died", thread.getName(), error);
        } finally {
            Runtime.getRuntime().halt(Cli.FAILED);
        }
    }
}
