package io.walnutedge.mqtt.paho;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.config.MqttConfig.TlsConfig;
import io.walnutedge.mqtt.LinkSettings;
import io.walnutedge.mqtt.Publication;
import io.walnutedge.mqtt.Transport;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MQTT 3.1.1 with Eclipse Paho, which only classes beginning with its name know. Each connection is a {@link PahoConnection} of
 * its own. Any thread.
 */
public final class PahoTransport implements Transport {
    private static final Logger log = LoggerFactory.getLogger(PahoTransport.class);

    /** Held, or it could be collected with its level: Paho reports as severe what the link handles and says itself. */
    private static final java.util.logging.Logger QUIET =
            java.util.logging.Logger.getLogger("org.eclipse.paho.client.mqttv3");

    private final TlsConfig tls;
    private final InstantSource wall;
    private final BooleanSupplier synced;
    private final Thread.UncaughtExceptionHandler fatal;
    private final Resolver resolver;
    /** Messages that were thrown away. */
    private final AtomicLong unfit = new AtomicLong();

    /**
     * @param wall for logins that depend on the time
     * @param synced whether it is synchronized
     * @param fatal told of an {@link Error} on any thread of a connection; must end the process
     */
    public PahoTransport(
            TlsConfig tls, InstantSource wall, BooleanSupplier synced, Thread.UncaughtExceptionHandler fatal) {
        this(tls, wall, synced, fatal, Resolver.SYSTEM);
    }

    PahoTransport(
            TlsConfig tls,
            InstantSource wall,
            BooleanSupplier synced,
            Thread.UncaughtExceptionHandler fatal,
            Resolver resolver) {
        this.tls = tls;
        this.wall = wall;
        this.synced = synced;
        this.fatal = fatal;
        this.resolver = resolver;
        QUIET.setLevel(Level.OFF);
    }

    @Override
    public Connection open(BrokerAddress broker, LinkSettings settings, Optional<Publication> will, Events events) {
        var connection =
                new PahoConnection(broker, tls, resolver, settings, wall, synced, will, events, this::unfit, fatal);
        connection.begin();
        return connection;
    }

    private void unfit(String why) {
        if (unfit.incrementAndGet() == 1) {
            log.warn("a message was thrown away: {}; further ones are only counted", why);
        } else {
            log.debug("a message was thrown away, the {}th: {}", unfit, why);
        }
    }
}
