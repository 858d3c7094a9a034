package io.walnutedge.mqtt;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The subscriptions of a link, and the way of a message to their handlers. Any thread. */
final class Subscriptions {
    private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);

    private final TaskQueue tasks;
    private final AtomicLong handlerFailures = new AtomicLong();
    private volatile List<Subscription> all = List.of();

    /** @param tasks take an {@link Error} of a handler to the thread of the link, which it ends */
    Subscriptions(TaskQueue tasks) {
        this.tasks = tasks;
    }

    List<Subscription> all() {
        return all;
    }

    /** In one step {@code now} in place of {@code before}; all that there are then. */
    synchronized List<Subscription> replace(List<Subscription> before, List<Subscription> now) {
        all = Stream.concat(all.stream().filter(each -> !before.contains(each)), now.stream())
                .toList();
        return all;
    }

    /** Hands a message to every handler of which a filter matches, once. */
    void arrived(String topic, byte[] payload, boolean retained) {
        all.stream()
                .filter(subscription -> subscription.matches(topic))
                .map(Subscription::handler)
                .distinct()
                .forEach(handler -> hand(handler, topic, payload, retained));
    }

    /** A handler's fault must not reach the transport: it would drop the connection, get the message again, and so on. */
    private void hand(Link.Handler handler, String topic, byte[] payload, boolean retained) {
        try {
            handler.message(topic, payload, retained);
        } catch (RuntimeException fault) {
            var failures = handlerFailures.incrementAndGet();
            if (failures == 1) {
                log.error("a message could not be handled; further ones are only counted", fault);
            } else {
                log.debug("a message could not be handled, the {}th", failures, fault);
            }
        } catch (Error fatal) {
            tasks.post(() -> {
                throw fatal;
            });
        }
    }
}
