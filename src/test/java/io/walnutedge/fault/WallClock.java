package io.walnutedge.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The wall clock of another process, which libfaketime steps; its monotonic clock is left alone. One thread. */
final class WallClock {
    private static final List<String> PLACES =
            List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib/faketime", "/usr/local/lib");

    private final Path directory;
    private final Path file;
    private final Path synced;
    private final List<Step> steps = new ArrayList<>();

    /**
     * @param nanos when, by the monotonic clock
     * @param offset of the process's wall clock from the right one, from then on
     */
    record Step(long nanos, Duration offset) {}

    WallClock(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("faketime");
        this.synced = directory.resolve("synced");
    }

    /** What gives a process this clock; {@link ClockedMain} also learns whether it is synchronized. */
    Map<String, String> environment() {
        return Map.of(
                // or it takes the deadlines of condition variables for wall times, and waits end at once or never
                "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                "LD_PRELOAD", library().toString(),
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_NO_CACHE", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "DONT_FAKE_MONOTONIC", "1",
                "NO_FAKE_STAT", "1",
                "WALNUT_EDGE_SYNCED", synced.toString());
    }

    private static Path library() {
        return PLACES.stream()
                .flatMap(place ->
                        List.of(Path.of(place, "faketime", "libfaketime.so.1"), Path.of(place, "libfaketime.so.1"))
                                .stream())
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("this test steps a process's clock: apt-get install libfaketime"));
    }

    /** From now on the clock is so far from the right one. */
    void step(Duration offset) {
        try {
            var next = directory.resolve("faketime.next");
            Files.writeString(next, String.format("%+.3f%n", offset.toMillis() / 1e3));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        steps.add(new Step(System.nanoTime(), offset));
    }

    /** To some moment. */
    void stepTo(Instant wall) {
        step(Duration.between(Instant.now(), wall));
    }

    void synchronize() {
        try {
            Files.createFile(synced);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** The right wall time of a moment. */
    static Instant truth(long nanos) {
        return Instant.now().minusNanos(System.nanoTime() - nanos);
    }
}
