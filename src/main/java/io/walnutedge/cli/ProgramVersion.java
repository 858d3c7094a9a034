package io.walnutedge.cli;

/** Which release this is. Any thread. */
public final class ProgramVersion {
    private ProgramVersion() {}

    /** As in the jar's manifest; {@code dev} when run from classes. */
    public static String text() {
        var version = ProgramVersion.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
