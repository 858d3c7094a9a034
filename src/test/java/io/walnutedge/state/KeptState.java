package io.walnutedge.state;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/** A state whose card is as slow and as sick as a test wants it; a kill takes what is not on the card. */
public final class KeptState implements StateStore {
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> card = new HashMap<>();
    private final Queue<Consumer<String>> waiting = new ArrayDeque<>();

    /** Why it cannot be written, or empty. */
    public String sick = "";

    /** Writes only when {@link #write} is called. */
    public boolean slow;

    public int writes;

    @Override
    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public void put(String key, String value) {
        values.put(key, value);
    }

    @Override
    public void putNow(String key, String value, Consumer<String> written) {
        put(key, value);
        waiting.add(written);
        if (!slow) {
            write();
        }
    }

    public boolean isWritten() {
        return card.equals(values);
    }

    /** The minute is over, or the card has done its work. */
    public void write() {
        if (sick.isEmpty()) {
            card.clear();
            card.putAll(values);
            writes++;
        }
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            next.accept(sick);
        }
    }

    /** As kill -9 and a start. */
    public void kill() {
        values.clear();
        values.putAll(card);
        waiting.clear();
    }
}
