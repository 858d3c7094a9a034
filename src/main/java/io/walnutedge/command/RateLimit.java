package io.walnutedge.command;

import io.walnutedge.reading.ItemId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** So many commands a second, in total and for each output, a second's worth of them at once. Any thread. */
public final class RateLimit {
    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;
    private final Bucket total;
    private final Map<ItemId, Bucket> byOutput = new HashMap<>();

    /** What is left, and since when. */
    private static final class Bucket {
        private final int rate;
        private double left;
        private long filled;

        Bucket(int rate, long now) {
            this.rate = rate;
            this.left = rate;
            this.filled = now;
        }

        boolean take(long now) {
            left = Math.min(rate, left + (now - filled) / NANOS * rate);
            filled = now;
            if (left < 1) {
                return false;
            }
            left--;
            return true;
        }
    }

    /** @param rate in total, and {@code ratePerOutput} of each, in a second */
    public RateLimit(LongSupplier nanoTime, int rate, int ratePerOutput, Collection<ItemId> outputs) {
        this.nanoTime = nanoTime;
        var now = nanoTime.getAsLong();
        this.total = new Bucket(rate, now);
        outputs.forEach(output -> byOutput.put(output, new Bucket(ratePerOutput, now)));
    }

    /** Counts any message, before it is read. */
    synchronized void admit() throws RefusedException {
        if (!total.take(nanoTime.getAsLong())) {
            throw new RefusedException(
                    Refusal.RATE_LIMIT, "more than " + total.rate + " commands in a second, see commands.rate");
        }
    }

    /** Counts a command for an output. */
    synchronized void admit(ItemId output) throws RefusedException {
        var bucket = byOutput.get(output);
        if (bucket != null && !bucket.take(nanoTime.getAsLong())) {
            throw new RefusedException(
                    Refusal.RATE_LIMIT,
                    "more than " + bucket.rate + " commands in a second for '" + output
                            + "', see commands.rate-per-output");
        }
    }
}
