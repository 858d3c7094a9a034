package io.walnutedge.outbox;

/** Hears what the outbox's store has found, and how it is. On the thread {@code outbox}; must only enqueue. */
public interface StoreListener {
    /** An item of an earlier run, in order, before it can be taken. */
    void found(String source, byte[] bytes);

    /** The store cannot be used, and why; or empty: it can be used again. */
    void trouble(String why);
}
