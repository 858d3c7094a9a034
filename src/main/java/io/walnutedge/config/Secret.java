package io.walnutedge.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A password: never printed, logged or compared by accident. Immutable; any thread. */
public final class Secret {
    private final byte[] bytes;

    public Secret(String text) {
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    /** The secret itself, for the one call that needs it. */
    public char[] reveal() {
        return new String(bytes, StandardCharsets.UTF_8).toCharArray();
    }

    /** The same in UTF-8. */
    public byte[] utf8() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "****";
    }
}
