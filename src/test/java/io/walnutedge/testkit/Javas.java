package io.walnutedge.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The Javas of this machine. */
public final class Javas {
    private static final Path JVM = Path.of("/usr/lib/jvm");

    private Javas() {}

    /** The one that runs this. */
    public static String current() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The directories of all that are installed, of which at least one is there. */
    public static Stream<Path> homes() throws IOException {
        try (var all = Files.list(JVM)) {
            return all
                    .filter(home -> !Files.isSymbolicLink(home) && Files.isExecutable(home.resolve("bin/java")))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** Whether its images take a run of the program. */
    public static boolean isTrained(Path home) throws IOException {
        return Files.readAllLines(home.resolve("release")).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll("^JAVA_VERSION=\"|[.\"].*", ""))
                .anyMatch(major -> Integer.parseInt(major) >= 25);
    }
}
