package io.walnutedge.timing;

import java.util.function.LongSupplier;

/** Token bucket: so many in a second and no more, of which what was not used is saved up to a limit. Begins full. One thread. */
public final class TokenBucket {
    private static final double SECOND = 1e9;

    private final int rate;
    private final double capacity;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filledAt;

    /**
     * @param rate tokens in a second, at least 1
     * @param capacity tokens that are there at once at most, at least 1
     */
    public TokenBucket(int rate, double capacity, LongSupplier nanoTime) {
        this.rate = rate;
        this.capacity = capacity;
        this.nanoTime = nanoTime;
        this.tokens = capacity;
        this.filledAt = nanoTime.getAsLong();
    }

    /** Nanoseconds until there is a token; 0 if there is one. */
    public long untilNext() {
        var now = nanoTime.getAsLong();
        tokens = Math.min(capacity, tokens + (now - filledAt) / SECOND * rate);
        filledAt = now;
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) * SECOND / rate);
    }

    /** Takes the token that {@link #untilNext} found. */
    public void spend() {
        tokens--;
    }

    /** Takes a token if there is one. */
    public boolean take() {
        var isThere = untilNext() == 0;
        if (isThere) {
            spend();
        }
        return isThere;
    }
}
