package io.walnutedge.state;

import java.util.Optional;
import java.util.function.Consumer;

/** Texts by key that outlive the process. Any thread; never blocks. */
public interface StateStore {
    Optional<String> get(String key);

    /** Has it written some time, a minute later at most: a power cut may take it back. */
    void put(String key, String value);

    /**
     * Has it written at once, with all that waits.
     *
     * @param written called on any thread once it is known, and must only enqueue: empty where a power cut will not take it
     *     back, or where this process keeps nothing at all; else why it could not be written
     */
    void putNow(String key, String value, Consumer<String> written);
}
