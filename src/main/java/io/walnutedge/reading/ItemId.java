package io.walnutedge.reading;

/**
 * The name of a sensor, input or output in the configuration and in topics: one to 64 of {@code a-z 0-9 _ -}, which
 * is what Home Assistant and Homie accept as an id. Immutable; any thread.
 */
public record ItemId(String value) implements Comparable<ItemId> {
    private static final int LONGEST = 64;

    /** What {@link #isValid} accepts, for error messages. */
    public static final String ACCEPTED = "1 to 64 of a-z, 0-9, _ and -";

    /** @throws IllegalArgumentException if {@code value} is not of the form */
    public ItemId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not an id: '" + value + "' (" + ACCEPTED + ")");
        }
    }

    public static boolean isValid(String value) {
        if (value.isEmpty() || value.length() > LONGEST) {
            return false;
        }
        for (var i = 0; i < value.length(); i++) {
            if (!isAccepted(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAccepted(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    // Written out, as in other records that are keys of every reading: those that a record has by itself are put
    // together
    // by the JVM at the first use, and run slowly without its second compiler.
    @Override
    public boolean equals(Object other) {
        return other instanceof ItemId id && value.equals(id.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(ItemId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
