package io.walnutedge.sensor.sysfs;

import org.jspecify.annotations.Nullable;

/** A configured thermometer's place on the bus where it was found last. Any thread. */
final class W1Member {
    private final boolean parallel;
    private @Nullable W1Bus bus;

    /** @param parallel whether it may share a conversion with the others of its bus */
    W1Member(boolean parallel) {
        this.parallel = parallel;
    }

    boolean isParallel() {
        return parallel;
    }

    /** It was found there, perhaps after it was plugged in elsewhere. */
    synchronized void join(W1Bus found) {
        if (found != bus) {
            leave();
            bus = found;
            found.add(this);
        }
    }

    synchronized void leave() {
        var left = bus;
        bus = null;
        if (left != null) {
            left.remove(this);
        }
    }
}
