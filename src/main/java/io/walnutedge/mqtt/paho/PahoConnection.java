package io.walnutedge.mqtt.paho;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.config.FixedLogin;
import io.walnutedge.config.MqttConfig.TlsConfig;
import io.walnutedge.config.MqttText;
import io.walnutedge.config.Topics;
import io.walnutedge.mqtt.LinkSettings;
import io.walnutedge.mqtt.OutgoingFlow;
import io.walnutedge.mqtt.Publication;
import io.walnutedge.mqtt.Transport;
import io.walnutedge.mqtt.TransportException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection with a Paho client of its own, which never reconnects, keeps nothing, and speaks plain MQTT into a {@link
 * BrokerSocket}. Every text that MQTT allows goes through, and no other: what is sent is judged here a last time, so that no
 * broker has to close a connection for it. As {@link Transport.Connection}; callbacks on Paho's threads.
 */
final class PahoConnection implements Transport.Connection, PacketGuard.Receiver {
    private static final Logger log = LoggerFactory.getLogger(PahoConnection.class);

    /** Paho starts its threads in about 300 ms, with pauses of 100 ms; this is for a board under load. */
    private static final Duration SETTLE = Duration.ofSeconds(2);
    /** For the thread that connects to see that its socket was closed. */
    private static final long UNWIND_MILLIS = 200;

    private final BrokerAddress address;
    private final BrokerSocket wire;
    private final LinkSettings settings;
    private final FixedLogin login;
    private final Optional<Publication> will;
    private final Transport.Events events;
    private final Consumer<String> unfit;
    private final Thread.UncaughtExceptionHandler fatal;
    private final PahoFaults faults;
    /** Zero when Paho has reported how connecting went. */
    private final CountDownLatch attempt = new CountDownLatch(1);

    private final IMqttActionListener acknowledged = new Acknowledged();
    private final PahoThreads threads = new PahoThreads(this::died);
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private final PahoPinger pinger;
    private volatile @Nullable PahoClient client;
    /** Whether the next message was announced. */
    private boolean expected;

    /**
     * @param wall for logins that depend on the time
     * @param synced whether it is synchronized
     * @param unfit takes why a message that came in was thrown away
     * @param fatal called with an {@link Error} on any thread of the connection; must end the process
     */
    PahoConnection(
            BrokerAddress address,
            TlsConfig tls,
            Resolver resolver,
            LinkSettings settings,
            InstantSource wall,
            BooleanSupplier synced,
            Optional<Publication> will,
            Transport.Events events,
            Consumer<String> unfit,
            Thread.UncaughtExceptionHandler fatal) {
        this.address = address;
        this.login = settings.login().at(wall.instant());
        this.wire = new BrokerSocket(
                address,
                tls,
                resolver,
                settings.connectTimeout(),
                ConnectPacket.of(login, settings.keepAlive(), will),
                settings.payloadLimit(),
                this);
        this.settings = settings;
        this.will = will;
        this.events = events;
        this.unfit = unfit;
        this.fatal = fatal;
        this.pinger = new PahoPinger(threads, () -> unacknowledged.get() > 0, events::keepAliveChanged);
        this.faults = new PahoFaults(
                address,
                login,
                () -> !(settings.login() instanceof FixedLogin) && !synced.getAsBoolean(),
                tls.certificateFile().isPresent(),
                wire,
                () -> attempt.getCount() > 0);
    }

    void begin() {
        try {
            require("client id", MqttText.fault(login.clientId()));
            login.user().ifPresent(user -> require("user", MqttText.fault(user)));
            will.ifPresent(last -> require("topic", Topics.faultOfConcrete(last.topic())));
            var made = new PahoClient(pinger, threads);
            made.setCallback(new Ended());
            client = made;
            made.connect(options(), null, new Attempt());
        } catch (MqttException | IllegalArgumentException impossible) {
            events.lost(String.valueOf(impossible.getMessage()));
        }
    }

    /** Those that the client itself goes by; what CONNECT says stands in the {@link ConnectPacket}. */
    private MqttConnectOptions options() {
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
            throw new TransportException(faults.why(refused), refused);
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
            throw new TransportException(faults.why(refused), refused);
        }
    }

    @Override
    public long keepAlive() {
        return pinger.turn();
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
        unfit.accept(why);
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
            events.lost(faults.why(trouble));
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
}
