package io.walnutedge.mqtt;

import io.walnutedge.config.BrokerAddress;
import java.time.Duration;
import java.util.Optional;

/** Makes connections to a broker, each of them used once. The thread {@code link} only. */
public interface Transport {
    /**
     * Begins to connect and returns at once; {@link Events} tells how it went.
     *
     * @param will what the broker publishes when the connection ends without a goodbye (MQTT 3.1.1, 3.1.2.5)
     */
    Connection open(BrokerAddress broker, LinkSettings settings, Optional<Publication> will, Events events);

    /** One connection, or the attempt at one. The thread {@code link} only. */
    interface Connection {
        /**
         * Hands a message over and returns at once.
         *
         * @param tag for {@link Events#done}
         * @param more whether the next call follows at once, so that both can be written together
         * @throws TransportException if the connection cannot be used any more
         * @throws IllegalArgumentException if this message can never be sent
         */
        void publish(Publication publication, long tag, boolean more) throws TransportException;

        /**
         * Asks for messages and returns at once.
         *
         * @param tag for {@link Events#done} or {@link Events#refused}
         * @throws TransportException if the connection cannot be used any more
         */
        void subscribe(String filter, int qos, long tag) throws TransportException;

        /**
         * Begins what is due to keep the connection alive (MQTT 3.1.1, 3.1.2.10), and returns at once.
         *
         * @return nanoseconds until something is due again; until {@link Events#keepAliveChanged} if nothing is
         */
        long keepAlive();

        /** Says goodbye, so that the broker drops the will, and then does what {@link #close} does. */
        void disconnect(Duration atMost);

        /** Ends it at once, at any stage, and gives everything back that it holds. */
        void close();
    }

    /** What becomes of a connection. Called on threads of the transport, or by its caller; must only enqueue. */
    interface Events {
        /** The broker has accepted the connection. */
        void connected();

        /**
         * The connection has ended or never came about.
         *
         * @param why a part of a sentence, such as {@code connection refused}
         */
        void lost(String why);

        /** The broker acknowledged the message or the subscription; a message of QoS 0 was written. */
        void done(long tag);

        /** {@link Connection#keepAlive} is to be asked again. */
        void keepAliveChanged();

        /** The broker refuses a subscription (MQTT 3.1.1, 3.9.3: 0x80). */
        void refused(long tag);

        /**
         * A message came in.
         *
         * @param payload of a longer one only the first {@link LinkSettings#payloadLimit} bytes and one more
         */
        void arrived(String topic, byte[] payload, boolean retained);
    }
}
