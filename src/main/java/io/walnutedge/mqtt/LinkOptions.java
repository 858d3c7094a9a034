package io.walnutedge.mqtt;

import java.util.Optional;

/**
 * What a link is there for; {@link LinkSettings} has how it speaks to the broker. Immutable; any thread.
 *
 * @param name of its thread, and in the log where it is not {@link #MAIN}
 * @param source of messages that must not be lost
 * @param sourceOnly publishes nothing else and subscribes to nothing: for brokers that take nothing else
 * @param after connects only while this one is connected, because what arrives here is answered there
 * @param fatal called with an {@link Error} that ends the thread
 */
public record LinkOptions(
        String name,
        Optional<MessageSource> source,
        boolean sourceOnly,
        Optional<Link> after,
        Thread.UncaughtExceptionHandler fatal) {
    static final String MAIN = "link";

    /** A link that publishes what the source has and what it is asked to. */
    public static LinkOptions of(MessageSource source, boolean sourceOnly, Thread.UncaughtExceptionHandler fatal) {
        return new LinkOptions(MAIN, Optional.of(source), sourceOnly, Optional.empty(), fatal);
    }

    /** A link that publishes what it is asked to and nothing else. */
    public static LinkOptions plain(Thread.UncaughtExceptionHandler fatal) {
        return new LinkOptions(MAIN, Optional.empty(), false, Optional.empty(), fatal);
    }

    /** A second link of the process; it connects only while the first one is connected. */
    public static LinkOptions beside(Link first, String name, Thread.UncaughtExceptionHandler fatal) {
        return new LinkOptions(name, Optional.empty(), false, Optional.of(first), fatal);
    }
}
