package io.walnutedge.mqtt.paho;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.config.MqttConfig.TlsConfig;
import io.walnutedge.config.MqttText;
import io.walnutedge.config.Topics;
import io.walnutedge.mqtt.LinkSettings;
import io.walnutedge.mqtt.OutgoingFlow;
import io.walnutedge.mqtt.Publication;
import io.walnutedge.mqtt.Transport;
import io.walnutedge.mqtt.TransportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.MqttPingSender;
import org.eclipse.paho.client.mqttv3.internal.ClientComms;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MQTT 3.1.1 with Eclipse Paho; no other class but {@link PahoClient} knows it. A connection has a client of its own, which
 * never reconnects, keeps nothing, and speaks plain MQTT into a {@link BrokerSocket}. Every text that MQTT allows goes through, and
 * no other: what is sent is judged here a last time, so that no broker has to close a connection for it.
 */
public final class PahoTransport implements Transport {
    private static final Logger log = LoggerFactory.getLogger(PahoTransport.class);

    /** Held, or it could be collected with its level: Paho reports as severe what the link handles and says itself. */
    private static final java.util.logging.Logger QUIET =
            java.util.logging.Logger.getLogger("org.eclipse.paho.client.mqttv3");

    private final TlsConfig tls;
    private final Thread.UncaughtExceptionHandler fatal;
    private final Resolver resolver;
    /** Messages that were thrown away. */
    private final AtomicLong unfit = new AtomicLong();

    /** @param fatal told of an {@link Error} on any thread of a connection; must end the process */
    public PahoTransport(TlsConfig tls, Thread.UncaughtExceptionHandler fatal) {
        this(tls, fatal, Resolver.SYSTEM);
    }

    PahoTransport(TlsConfig tls, Thread.UncaughtExceptionHandler fatal, Resolver resolver) {
        this.tls = tls;
        this.fatal = fatal;
        this.resolver = resolver;
        QUIET.setLevel(Level.OFF);
    }

    @Override
    public Connection open(BrokerAddress broker, LinkSettings settings, Optional<Publication> will, Events events) {
        var connection = new PahoConnection(broker, settings, will, events);
        connection.begin(settings, will);
        return connection;
    }

    private final class PahoConnection implements Connection, PacketGuard.Receiver {
        /** Paho starts its threads in about 300 ms, with pauses of 100 ms; this is for a board under load. */
        private static final Duration SETTLE = Duration.ofSeconds(2);
        /** For the thread that connects to see that its socket was closed. */
        private static final long UNWIND_MILLIS = 200;

        private final BrokerAddress address;
        private final BrokerSocket wire;
        private final LinkSettings settings;
        private final Events events;
        /** Zero when Paho has reported how connecting went. */
        private final CountDownLatch attempt = new CountDownLatch(1);

        private final IMqttActionListener acknowledged = new Acknowledged();
        private final PahoThreads threads = new PahoThreads(this::died);
        private final AtomicInteger unacknowledged = new AtomicInteger();
        private volatile @Nullable PahoClient client;
        /** Whether the next message was announced. */
        private boolean expected;

        PahoConnection(BrokerAddress address, LinkSettings settings, Optional<Publication> will, Events events) {
            this.address = address;
            this.wire = new BrokerSocket(
                    address,
                    tls,
                    resolver,
                    settings.connectTimeout(),
                    ConnectPacket.of(settings, will),
                    settings.payloadLimit(),
                    this);
            this.settings = settings;
            this.events = events;
        }

        void begin(LinkSettings settings, Optional<Publication> will) {
            try {
                require("client id", MqttText.fault(settings.clientId()));
                settings.user().ifPresent(user -> require("user", MqttText.fault(user)));
                will.ifPresent(last -> require("topic", Topics.faultOfConcrete(last.topic())));
                var made = new PahoClient(new Pinger(threads, () -> unacknowledged.get() > 0), threads);
                made.setCallback(new Ended());
                client = made;
                made.connect(options(settings), null, new Attempt());
            } catch (MqttException | IllegalArgumentException impossible) {
                events.lost(String.valueOf(impossible.getMessage()));
            }
        }

        /** Those that the client itself goes by; what CONNECT says stands in the {@link ConnectPacket}. */
        private MqttConnectOptions options(LinkSettings settings) {
            var options = new MqttConnectOptions();
            options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
            options.setCleanSession(true);
            options.setAutomaticReconnect(false);
            options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
            // the flow keeps its own, smaller window: Paho throws where its is full
            options.setMaxInflight(settings.window() + 4 * OutgoingFlow.SHARE);
            options.setSocketFactory(new OneSocket(wire));
            return options;
        }

        /** @throws IllegalArgumentException unless {@code fault} is empty */
        private static void require(String what, String fault) {
            if (!fault.isEmpty()) {
                throw new IllegalArgumentException("this " + what + " cannot be sent: " + fault);
            }
        }

        @Override
        public void publish(Publication publication, long tag, boolean more) throws TransportException {
            var paho = usable();
            var taken = false;
            expect(more);
            unacknowledged.incrementAndGet();
            try {
                require("topic", Topics.faultOfConcrete(publication.topic()));
                paho.publish(publication, tag, acknowledged);
                taken = true;
            } catch (MqttException refused) {
                throw new TransportException(why(refused), refused);
            } finally {
                if (!taken) {
                    unacknowledged.decrementAndGet();
                    wire.corked().cancel();
                    // not on this thread, which must not wait for the network
                    threads.execute(this::uncork);
                }
            }
        }

        /** This message, unless the one before has announced it, and perhaps the next. */
        private void expect(boolean more) {
            var corked = wire.corked();
            if (!expected) {
                corked.expect();
            }
            if (more) {
                corked.expect();
            }
            expected = more;
        }

        /** What was written before a message that never comes. */
        private void uncork() {
            try {
                wire.corked().uncork();
            } catch (IOException gone) {
                log.debug("the connection has ended meanwhile, as Paho will notice", gone);
            }
        }

        @Override
        public void subscribe(String filter, int qos, long tag) throws TransportException {
            require("filter", Topics.faultOfFilter(filter));
            unacknowledged.incrementAndGet();
            try {
                usable().subscribe(filter, qos, tag, acknowledged);
            } catch (MqttException refused) {
                throw new TransportException(why(refused), refused);
            }
        }

        private PahoClient usable() throws TransportException {
            var made = client;
            if (made == null) {
                throw new TransportException("there is no connection");
            }
            return made;
        }

        @Override
        public void message(String topic, byte[] payload, boolean retained) {
            events.arrived(topic, payload, retained);
        }

        @Override
        public void unfit(String why) {
            if (unfit.incrementAndGet() == 1) {
                log.warn("a message was thrown away: {}; further ones are only counted", why);
            } else {
                log.debug("a message was thrown away, the {}th: {}", unfit, why);
            }
        }

        @Override
        public void acknowledge(int id) throws IOException {
            wire.exchange().owe();
            try {
                usable().messageArrivedComplete(id, 1);
            } catch (MqttException | TransportException ended) {
                throw new IOException(ended);
            }
        }

        /** What a thread of Paho's did not catch, which neither Paho nor a future would tell anybody. */
        private void died(Throwable fault) {
            Faults.find(fault, Error.class).ifPresent(error -> fatal.uncaughtException(Thread.currentThread(), error));
            events.lost("a fault of the connection itself: " + fault);
        }

        private void ended(Throwable trouble) {
            if (Faults.find(trouble, Error.class).isPresent()) {
                died(trouble);
            } else {
                events.lost(why(trouble));
            }
        }

        /** A callback, whose errors Paho takes for the end of the connection or for nothing. */
        private void guarded(Runnable callback) {
            try {
                callback.run();
            } catch (Error fault) {
                died(fault);
                throw fault;
            }
        }

        @Override
        public void disconnect(Duration atMost) {
            var said = new CountDownLatch(1);
            try {
                usable().disconnect(0, null, new Countdown(said));
                said.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
            } catch (MqttException | TransportException alreadyGone) {
                said.countDown();
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
            close();
        }

        @Override
        public void close() {
            try {
                if (wire.settle(SETTLE)) {
                    attempt.await(UNWIND_MILLIS, TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
            release();
            wire.close();
            threads.shutdownNow();
        }

        /** In this order, without a goodbye: anything less leaves threads of Paho behind. */
        private void release() {
            var made = client;
            if (made == null) {
                return;
            }
            try {
                made.disconnectForcibly(0, 50, false);
                made.close(true);
            } catch (MqttException stillBusy) {
                log.warn("a connection to {} could not be released", address.host(), stillBusy);
            }
        }

        private String why(Throwable trouble) {
            var code = trouble instanceof MqttException known ? known.getReasonCode() : -1;
            var failure = wire.failure();
            return switch (code) {
                case MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION -> "the broker does not speak MQTT 3.1.1";
                case MqttException.REASON_CODE_INVALID_CLIENT_ID ->
                    "the broker refuses the client id '" + settings.clientId() + "'";
                case MqttException.REASON_CODE_BROKER_UNAVAILABLE -> "the broker says that it is not available";
                case MqttException.REASON_CODE_FAILED_AUTHENTICATION -> "user or password refused";
                case MqttException.REASON_CODE_NOT_AUTHORIZED ->
                    settings.user().isPresent()
                            ? "not authorized; user or password refused"
                            : "not authorized; the broker wants a user and a password";
                case MqttException.REASON_CODE_CLIENT_TIMEOUT -> "no answer to a ping within the keep-alive time";
                case MqttException.REASON_CODE_WRITE_TIMEOUT ->
                    "nothing could be written for twice the keep-alive time";
                default -> failure == null ? cause(trouble) : network(failure);
            };
        }

        private String network(IOException failure) {
            if (Faults.isClosing(failure) && attempt.getCount() > 0) {
                return "the broker closed the connection before it answered"
                        + (address.isEncrypted() ? askForCertificate() : "; does it expect TLS (ssl://)?");
            }
            return Faults.sentence(failure, address, isCertified());
        }

        private boolean isCertified() {
            return tls.certificateFile().isPresent();
        }

        /** With TLS 1.3 a broker that wants one may go before its alert is read. */
        private String askForCertificate() {
            return isCertified() || !wire.isSecured()
                    ? ""
                    : "; does it want a client certificate (mqtt.tls.certificate-file)?";
        }

        private String cause(Throwable trouble) {
            return trouble.getCause() == null
                    ? String.valueOf(trouble.getMessage())
                    : Faults.sentence(trouble.getCause(), address, isCertified());
        }

        /** How connecting went. */
        private final class Attempt implements IMqttActionListener {
            @Override
            public void onSuccess(IMqttToken token) {
                attempt.countDown();
                guarded(events::connected);
            }

            @Override
            public void onFailure(IMqttToken token, Throwable trouble) {
                guarded(() -> ended(trouble));
                attempt.countDown();
            }
        }

        /** What the broker acknowledges. What fails, fails with its connection, which {@link Ended} reports. */
        private final class Acknowledged implements IMqttActionListener {
            /** SUBACK's return code for a failure (MQTT 3.1.1, 3.9.3). */
            private static final int SUBSCRIPTION_FAILURE = 0x80;

            @Override
            public void onSuccess(IMqttToken token) {
                unacknowledged.decrementAndGet();
                long tag = (Long) token.getUserContext();
                var granted = token instanceof IMqttDeliveryToken ? null : token.getGrantedQos();
                var refused = granted != null && granted.length > 0 && granted[0] == SUBSCRIPTION_FAILURE;
                guarded(() -> {
                    if (refused) {
                        events.refused(tag);
                    } else {
                        events.done(tag);
                    }
                });
            }

            @Override
            public void onFailure(IMqttToken token, Throwable trouble) {}
        }

        private final class Ended implements MqttCallback {
            @Override
            public void connectionLost(Throwable trouble) {
                guarded(() -> ended(trouble));
            }

            /** Never called: the {@link PacketGuard} keeps messages from Paho. */
            @Override
            public void messageArrived(String topic, MqttMessage message) {}

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {}
        }
    }

    private record Countdown(CountDownLatch latch) implements IMqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            latch.countDown();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable trouble) {
            latch.countDown();
        }
    }

    /**
     * Sends pings when they are due. While an acknowledgement is to come, a late answer to a ping means nothing: it waits behind
     * the same work at the broker, and the link's own deadline judges. Called by Paho, which locks.
     */
    private static final class Pinger implements MqttPingSender {
        private final ScheduledExecutorService threads;
        private final BooleanSupplier waits;
        private @Nullable ClientComms comms;
        private @Nullable ScheduledFuture<?> next;

        /** @param waits whether an acknowledgement is to come */
        Pinger(ScheduledExecutorService threads, BooleanSupplier waits) {
            this.threads = threads;
            this.waits = waits;
        }

        @Override
        public synchronized void init(ClientComms paho) {
            comms = paho;
        }

        @Override
        public synchronized void start() {
            if (comms != null) {
                schedule(comms.getKeepAlive());
            }
        }

        @Override
        public synchronized void stop() {
            if (next != null) {
                next.cancel(false);
            }
        }

        @Override
        public synchronized void schedule(long delayMillis) {
            if (!threads.isShutdown()) {
                next = threads.schedule(this::look, delayMillis, TimeUnit.MILLISECONDS);
            }
        }

        private void look() {
            ClientComms paho;
            synchronized (this) {
                paho = comms;
            }
            if (paho == null) {
                return;
            }
            if (waits.getAsBoolean()) {
                // for Paho the broker has just said something; pings go on, for the broker counts what it hears
                paho.getClientState().notifyReceivedBytes(1);
            }
            paho.checkForActivity();
        }
    }

    /** Hands out the one socket that a client may have. */
    private static final class OneSocket extends SocketFactory {
        private final Socket socket;

        OneSocket(Socket socket) {
            this.socket = socket;
        }

        @Override
        public Socket createSocket() {
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
