package io.walnutedge.command;

import io.walnutedge.reading.ItemId;
import io.walnutedge.timing.TokenBucket;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** So many commands a second, in total and for each output, a second's worth of them at once. Any thread. */
public final class RateLimit {
    private final int rate;
    private final int ratePerOutput;
    private final TokenBucket total;
    private final Map<ItemId, TokenBucket> byOutput = new HashMap<>();

    /** @param rate in total, and {@code ratePerOutput} of each, in a second */
    public RateLimit(LongSupplier nanoTime, int rate, int ratePerOutput, Collection<ItemId> outputs) {
        this.rate = rate;
        this.ratePerOutput = ratePerOutput;
        this.total = new TokenBucket(rate, rate, nanoTime);
        outputs.forEach(output -> byOutput.put(output, new TokenBucket(ratePerOutput, ratePerOutput, nanoTime)));
    }

    /** Counts any message, before it is read. */
    synchronized void admit() throws RefusedException {
        if (!total.take()) {
            throw new RefusedException(
                    Refusal.RATE_LIMIT, "more than " + rate + " commands in a second, see commands.rate");
        }
    }

    /** Counts a command for an output. */
    synchronized void admit(ItemId output) throws RefusedException {
        var bucket = byOutput.get(output);
        if (bucket != null && !bucket.take()) {
            throw new RefusedException(
                    Refusal.RATE_LIMIT,
                    "more than " + ratePerOutput + " commands in a second for '" + output
                            + "', see commands.rate-per-output");
        }
    }
}
