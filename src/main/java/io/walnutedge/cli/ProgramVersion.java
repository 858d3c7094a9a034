package io.walnutedge.cli;

import io.walnutedge.health.Release;

/** Which release this is. Any thread. */
public final class ProgramVersion {
    private ProgramVersion() {}

    /** As in the jar's manifest; {@code dev} when run from classes. */
    public static String text() {
        return Release.version();
    }
}
