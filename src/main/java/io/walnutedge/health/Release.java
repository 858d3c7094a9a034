package io.walnutedge.health;

/** Which release this is. Stateless; any thread. */
public final class Release {
    private Release() {}

    /** As in the jar's manifest; {@code dev} when run from classes. */
    public static String version() {
        var version = Release.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
