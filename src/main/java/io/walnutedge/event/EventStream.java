package io.walnutedge.event;

import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers each event to all subscribers, in the order of their subscription, on the thread that publishes it. A subscriber's
 * fault is counted and does not reach the others nor the source. Any thread.
 */
public final class EventStream implements EventListener {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private final List<EventListener> subscribers = new CopyOnWriteArrayList<>();
    private final AtomicLong failures = new AtomicLong();

    /** Before the first event. */
    public void subscribe(EventListener subscriber) {
        subscribers.add(subscriber);
    }

    @Override
    public void readings(List<Reading> batch) {
        deliver(subscriber -> subscriber.readings(batch));
    }

    @Override
    public void availability(ItemId id, boolean online, String why) {
        deliver(subscriber -> subscriber.availability(id, online, why));
    }

    @Override
    public void quantity(ItemId sensor, String quantity, Optional<Absence> absence) {
        deliver(subscriber -> subscriber.quantity(sensor, quantity, absence));
    }

    @Override
    public void output(ItemId id, OutputState state) {
        deliver(subscriber -> subscriber.output(id, state));
    }

    @Override
    public void contact(ItemId id, boolean on) {
        deliver(subscriber -> subscriber.contact(id, on));
    }

    @Override
    public void key(ItemId id, InputEvent event) {
        deliver(subscriber -> subscriber.key(id, event));
    }

    @Override
    public void alert(String what, String why) {
        deliver(subscriber -> subscriber.alert(what, why));
    }

    @Override
    public void link(boolean connected) {
        deliver(subscriber -> subscriber.link(connected));
    }

    private void deliver(Consumer<EventListener> event) {
        for (var subscriber : subscribers) {
            try {
                event.accept(subscriber);
            } catch (RuntimeException fault) {
                if (failures.incrementAndGet() == 1) {
                    LOG.error("an event could not be handed on; further ones are only counted", fault);
                } else {
                    LOG.debug("an event could not be handed on, the {}th", failures, fault);
                }
            }
        }
    }

    /** Deliveries that ended in an exception since the start. */
    public long failures() {
        return failures.get();
    }
}
