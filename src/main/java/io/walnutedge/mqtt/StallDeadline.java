package io.walnutedge.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a connection may acknowledge nothing before it is replaced. A broker that is slow is not dead: a deadline that
 * is shorter than its answers take cuts every connection before the first one, for ever. Therefore the deadline is twice
 * what the latest acknowledgement took, each cut doubles it, and it falls slowly; connections come and go meanwhile. The
 * thread {@code link} only.
 *
 * <p>Between {@link #FLOOR} and {@link #CEILING} a connection whose other end has vanished is noticed.
 */
final class StallDeadline {
    /** Nanoseconds; where nothing is known of the broker. */
    static final long FLOOR = Duration.ofSeconds(30).toNanos();
    /** A half-open connection that has something in flight is noticed after this time at the latest. */
    static final long CEILING = Duration.ofMinutes(5).toNanos();
    /** What is above the floor goes down by one second in ten. */
    private static final int FALL = 10;
    /** What is above the floor is up to a quarter longer, so that boards which were cut together do not stay in step. */
    private static final double SPREAD = 0.25;
    /** Who answers a new connection in this time was not slow: the one before was dead. */
    private static final long PROMPT = Duration.ofSeconds(2).toNanos();

    private final RandomGenerator random;
    private long learned = FLOOR;
    private long learnedAt;
    private double spread;
    /** Cuts since the last acknowledgement. */
    private int cuts;
    /** What was known before the first of them. */
    private long before;
    /** Whether all of them can be the fault of the connection alone. */
    private boolean excusable;

    StallDeadline(RandomGenerator random, long now) {
        this.random = random;
        this.learnedAt = now;
    }

    /**
     * The deadline in nanoseconds.
     *
     * @param subscribing whether a SUBACK is to come: brokers may work on a subscription for long, and do nothing else for
     *     this connection meanwhile
     */
    long nanos(boolean subscribing) {
        var known = subscribing ? 2 * learned : learned;
        return Math.min(CEILING, known + (long) ((known - FLOOR) * spread));
    }

    /** @param age from sending to the acknowledgement */
    void acknowledged(long age, long now) {
        if (cuts == 1 && excusable && age < PROMPT) {
            learned = before;
        }
        cuts = 0;
        learned = bounded(Math.max(2 * age, learned - (now - learnedAt) / FALL));
        learnedAt = now;
    }

    /** A connection was replaced. */
    void cut(boolean subscribing, long now) {
        if (cuts == 0) {
            before = learned;
        }
        excusable = !subscribing;
        cuts++;
        learned = bounded(2 * learned);
        learnedAt = now;
        spread = SPREAD * random.nextDouble();
    }

    private static long bounded(long nanos) {
        return Math.max(FLOOR, Math.min(CEILING, nanos));
    }
}
