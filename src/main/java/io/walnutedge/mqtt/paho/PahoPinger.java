package io.walnutedge.mqtt.paho;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.paho.client.mqttv3.MqttPingSender;
import org.eclipse.paho.client.mqttv3.internal.ClientComms;
import org.jspecify.annotations.Nullable;

/**
 * Sends pings when they are due. While an acknowledgement is to come, a late answer to a ping means nothing: it waits behind
 * the same work at the broker, and the link's own deadline judges. Called by Paho, which locks.
 */
final class PahoPinger implements MqttPingSender {
    private final ScheduledExecutorService threads;
    private final BooleanSupplier waits;
    private @Nullable ClientComms comms;
    private @Nullable ScheduledFuture<?> next;

    /** @param waits whether an acknowledgement is to come */
    PahoPinger(ScheduledExecutorService threads, BooleanSupplier waits) {
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
