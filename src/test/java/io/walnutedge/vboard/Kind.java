package io.walnutedge.vboard;

/** The guests there are. */
enum Kind {
    /** User-Mode Linux on this machine's own file system: seconds. */
    UML,
    /** Debian's arm64 kernel, JVM and natives in QEMU: minutes. */
    ARM64;

    static Kind of(String name) {
        return switch (name) {
            case "uml" -> UML;
            case "arm64" -> ARM64;
            default -> throw new IllegalArgumentException("no such guest: " + name);
        };
    }
}
