package io.walnutedge.hocon;

import java.util.List;

/**
 * A part of the configuration as it was written, only to be compared: equal where the same is written, wherever it stands.
 * Immutable; any thread. It has no text of its own, because it may hold secrets.
 */
public final class RawEntry {
    private final List<Object> content;

    RawEntry(List<Object> content) {
        this.content = content;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawEntry written && content.equals(written.content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }
}
