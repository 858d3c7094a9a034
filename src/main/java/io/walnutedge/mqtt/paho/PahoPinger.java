package io.walnutedge.mqtt.paho;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.paho.client.mqttv3.MqttPingSender;
import org.eclipse.paho.client.mqttv3.internal.ClientComms;
import org.jspecify.annotations.Nullable;

/**
 * Sends pings when they are due. While an acknowledgement is to come, a late answer to a ping means nothing: it waits behind
 * the same work at the broker, and the link's own deadline judges. Called by Paho, which locks, but for {@link #turn}.
 */
final class PahoPinger implements MqttPingSender {
    private final Executor threads;
    private final BooleanSupplier waits;
    private final Runnable changed;
    private @Nullable ClientComms comms;
    private boolean scheduled;
    /** By {@link System#nanoTime}. */
    private long dueAt;

    /**
     * @param threads look after the connection: that may block
     * @param waits whether an acknowledgement is to come
     * @param changed called when {@link #turn} is to be called anew; must only enqueue
     */
    PahoPinger(Executor threads, BooleanSupplier waits, Runnable changed) {
        this.threads = threads;
        this.waits = waits;
        this.changed = changed;
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
        scheduled = false;
    }

    @Override
    public synchronized void schedule(long delayMillis) {
        scheduled = true;
        dueAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis);
        changed.run();
    }

    /** The thread {@code link}; as {@link io.walnutedge.mqtt.Transport.Connection#keepAlive}. */
    synchronized long turn() {
        if (!scheduled) {
            return Long.MAX_VALUE;
        }
        var left = dueAt - System.nanoTime();
        if (left > 0) {
            return left;
        }
        scheduled = false;
        threads.execute(this::look);
        return Long.MAX_VALUE;
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
