package io.walnutedge.output;

import io.walnutedge.control.Loop;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Barks once when nothing has stopped it in time. The loop's thread only, save for the methods that end in Later. */
final class Watchdog {
    private enum Order {
        BEGIN,
        RESTART,
        END
    }

    private final Loop loop;
    private final Alarm alarm;
    private final Duration patience;
    private final Runnable bark;
    /** At most one task waits in the loop, however many signs of life come. */
    private final AtomicReference<@Nullable Order> order = new AtomicReference<>();

    Watchdog(Loop loop, Duration patience, Runnable bark) {
        this.loop = loop;
        this.alarm = new Alarm(loop);
        this.patience = patience;
        this.bark = bark;
    }

    boolean isRunning() {
        return alarm.isSet();
    }

    /** From now on; without effect if it runs. */
    void begin() {
        if (!alarm.isSet()) {
            alarm.set(patience, bark);
        }
    }

    void end() {
        alarm.cancel();
    }

    void beginLater() {
        later(Order.BEGIN);
    }

    void restartLater() {
        later(Order.RESTART);
    }

    void endLater() {
        later(Order.END);
    }

    private void later(Order next) {
        if (order.getAndSet(next) == null) {
            loop.after(Duration.ZERO, this::obey);
        }
    }

    private void obey() {
        var last = order.getAndSet(null);
        if (last == Order.BEGIN) {
            begin();
        } else {
            end();
            if (last == Order.RESTART) {
                begin();
            }
        }
    }
}
