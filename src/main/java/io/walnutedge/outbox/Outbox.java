package io.walnutedge.outbox;

import io.walnutedge.outbox.log.Gap;
import io.walnutedge.outbox.log.Loss;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue between what samples and what sends. Any thread adds; one thread takes. An item that was taken stays
 * until it is {@linkplain #remove removed}, so that a lost connection loses nothing.
 *
 * <p>There are two ways out: {@link #take} gives what was added just now, {@link #takeBacklog} what had to wait. Each of
 * them keeps the order; who takes decides between them, so that a backlog never delays what is new.
 */
public interface Outbox extends AutoCloseable {
    /**
     * An item of the queue; identity is the id, the bytes are not compared.
     *
     * @param source under which losses are counted
     * @param historical true where it waited in the backlog
     * @param gap what was lost, where the item tells of a loss; its bytes are empty then
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Item(long id, String source, byte[] bytes, boolean historical, Optional<Gap> gap) {}

    /** What is lost of one source for one reason. */
    record Lost(String source, Loss why) {}

    /**
     * What is in it.
     *
     * @param waiting items, taken ones included
     * @param stored how many of them are on the disk
     * @param lost since the start
     */
    record Counts(long waiting, long stored, Map<Lost, Long> lost) {}

    /**
     * What is to be an item.
     *
     * @param source under which its loss is counted
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Fresh(String source, byte[] bytes) {}

    /** Adds items in order; never blocks. Where there is no room the oldest are dropped and counted. */
    void add(List<Fresh> items);

    /** First what was given back, in its old order; then the oldest item that is not in the backlog and not taken, or null. */
    @Nullable Item take();

    /** The oldest item of the backlog that is not taken, or null; null also where it must be read from the disk first. */
    @Nullable Item takeBacklog();

    /** Ends an item's life: it was delivered. */
    void remove(Item item);

    /**
     * Every item taken and not removed will be taken again, before all others: it may have been delivered, and a second
     * delivery is to come at once or not at all. It is as it was, historical or not, so that each of the two keeps its order.
     */
    void giveBack();

    Counts counts();

    /**
     * When the oldest item was added that is still in it, by the monotonic clock; of one that was added before the start
     * or by a clock that was not set then, as far as that is known. Empty where nothing waits.
     */
    OptionalLong oldest();

    /** How much of the room for what waits is taken, 0 to 1; at 1 the oldest are dropped. */
    double fill();

    /** Calls back whenever there may be something to take, on any thread; the callback must only wake somebody. */
    void onAdded(Runnable wake);

    @Override
    void close();
}
