package io.walnutedge.config;

import java.time.Duration;
import java.util.List;

/** Writes a duration as the configuration would: {@code 500 ms}, {@code 10 s}, {@code 5 min}. */
public final class TimeText {
    private record Unit(String name, long nanos) {}

    private static final List<Unit> UNITS = List.of(
            new Unit("d", 86_400_000_000_000L),
            new Unit("h", 3_600_000_000_000L),
            new Unit("min", 60_000_000_000L),
            new Unit("s", 1_000_000_000L),
            new Unit("ms", 1_000_000L),
            new Unit("us", 1_000L));

    private TimeText() {}

    public static String of(Duration duration) {
        var nanos = duration.toNanos();
        return UNITS.stream()
                .filter(unit -> nanos >= unit.nanos && nanos % unit.nanos == 0)
                .findFirst()
                .map(unit -> nanos / unit.nanos + " " + unit.name)
                .orElse(nanos == 0 ? "0 s" : nanos + " ns");
    }
}
