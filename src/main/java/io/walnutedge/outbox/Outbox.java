package io.walnutedge.outbox;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue between what samples and what sends. Any thread adds; one thread takes. An item that was taken stays
 * until it is {@linkplain #remove removed}, so that a lost connection loses nothing.
 */
public interface Outbox extends AutoCloseable {
    /** An item and its place in the order; identity is the place, the bytes are not compared. */
    @SuppressWarnings("ArrayRecordComponent")
    record Item(long id, String source, byte[] bytes) {}

    /** What is in it: items waiting (taken ones included), and dropped so far by source. */
    record Counts(long waiting, Map<String, Long> dropped) {}

    /** Adds items in order; never blocks. Where there is no room the oldest are dropped and counted. */
    void add(String source, List<byte[]> items);

    /** The oldest item that is not taken, or null. */
    @Nullable Item take();

    /** Ends an item's life: it was delivered. */
    void remove(Item item);

    /** Every item taken and not removed counts as not taken, in its old place. */
    void giveBack();

    Counts counts();

    /** Calls back after each {@link #add}, on the adder's thread; the callback must only wake somebody. */
    void onAdded(Runnable wake);

    @Override
    void close();
}
