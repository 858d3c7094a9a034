package io.walnutedge.command;

import io.walnutedge.reading.ValueRange;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Digests of messages that were obeyed: as a text {@code RETAINED LIVE LIVE ...}, with {@code +} at the end where there were
 * more. Immutable.
 *
 * @param retained the last retained one, or {@code -}
 * @param live obeyed since then
 * @param overflowed whether there were more live ones than are remembered
 */
record DesiredMemory(String retained, Set<String> live, boolean overflowed) {
    /** Beside each value of the range: ON and OFF, and other spellings. */
    private static final int OTHERS = 27;

    /** All of it is written for each new one. */
    private static final int LARGEST = 512;

    private static final String NONE = "-";
    private static final String MORE = "+";

    DesiredMemory {
        live = Set.copyOf(live);
    }

    static DesiredMemory of(String retained) {
        return new DesiredMemory(retained, Set.of(), false);
    }

    /** Of an empty text: nothing is known. */
    static DesiredMemory parse(String text) {
        var words = List.of(text.split(" ", -1));
        var live = new LinkedHashSet<>(words.subList(1, words.size()));
        var more = live.remove(MORE);
        return new DesiredMemory(words.get(0).isEmpty() ? NONE : words.get(0), live, more);
    }

    boolean knows(String digest) {
        return retained.equals(digest) || live.contains(digest);
    }

    /** How many live ones are remembered of an output with these values. */
    static int most(ValueRange range) {
        return (int) Math.min(LARGEST, range.count() + OTHERS);
    }

    DesiredMemory with(String digest, int most) {
        if (knows(digest) || overflowed) {
            return this;
        }
        if (live.size() >= most) {
            return new DesiredMemory(retained, live, true);
        }
        var more = new LinkedHashSet<>(live);
        more.add(digest);
        return new DesiredMemory(retained, more, false);
    }

    @Override
    public String toString() {
        var words = new LinkedHashSet<>(List.of(retained));
        live.stream().sorted().forEach(words::add);
        if (overflowed) {
            words.add(MORE);
        }
        return String.join(" ", words);
    }

    /** 64 bits, whatever the payload. */
    static String digest(byte[] payload) {
        var text = new String(payload, StandardCharsets.UTF_8).strip();
        var uuid = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(uuid.getMostSignificantBits());
    }
}
