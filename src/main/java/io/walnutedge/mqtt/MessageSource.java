package io.walnutedge.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * A queue of messages that no lost connection may lose: one that was taken stays with the source until it has ended. The
 * thread {@code link} only, but for the callback of {@link #onAdded}.
 */
public interface MessageSource {
    /** A message that was taken; its identity is the object. */
    interface Message {
        /** What is to be published; null where nothing is any more: the message has ended then. */
        @Nullable Publication publication();

        /** Ends the message: it was acknowledged, or can never be sent. */
        void done();

        /** Ends the message unsent, because connections end with it. */
        void setAside();
    }

    /** The next live message, what was given back first; null if none waits. */
    @Nullable Message take();

    /** The oldest message of the backlog; null if none waits, or none can be had yet. */
    @Nullable Message takeBacklog();

    /** Every message that was taken and has not ended will be taken again, in the same order and before all others. */
    void giveBack();

    /** Calls back whenever there may be something to take, on any thread; the callback must only wake its owner. */
    void onAdded(Runnable wake);
}
