package io.walnutedge.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as people write them, and as the configuration would: {@code 500 ms}, {@code 10 s}, {@code 5 min}. Stateless; any thread. */
public final class TimeText {
    private record Unit(String name, long nanos) {}

    private static final List<Unit> UNITS = List.of(
            new Unit("d", 86_400_000_000_000L),
            new Unit("h", 3_600_000_000_000L),
            new Unit("min", 60_000_000_000L),
            new Unit("s", 1_000_000_000L),
            new Unit("ms", 1_000_000L),
            new Unit("us", 1_000L));

    private static final Pattern FORM = Pattern.compile("(?U)\\s*([0-9]+(?:\\.[0-9]+)?)\\s*([a-zA-Zµ\u03bc]+)\\s*");
    private static final Map<String, Long> NANOS = Map.ofEntries(
            Map.entry("us", 1_000L),
            Map.entry("ms", 1_000_000L),
            Map.entry("milliseconds", 1_000_000L),
            Map.entry("millisecond", 1_000_000L),
            Map.entry("s", 1_000_000_000L),
            Map.entry("second", 1_000_000_000L),
            Map.entry("seconds", 1_000_000_000L),
            Map.entry("m", 60_000_000_000L),
            Map.entry("min", 60_000_000_000L),
            Map.entry("minute", 60_000_000_000L),
            Map.entry("minutes", 60_000_000_000L),
            Map.entry("h", 3_600_000_000_000L),
            Map.entry("hour", 3_600_000_000_000L),
            Map.entry("hours", 3_600_000_000_000L),
            Map.entry("d", 86_400_000_000_000L),
            Map.entry("day", 86_400_000_000_000L),
            Map.entry("days", 86_400_000_000_000L));

    private TimeText() {}

    /** Time that is left, rounded up to milliseconds so that it never reads as none. */
    public static String ofLeft(Duration left) {
        return of(Duration.ofMillis(left.plusNanos(999_999).toMillis()));
    }

    /** A number with its unit; empty if it is none, has no unit, or is longer than 292 years. */
    public static Optional<Duration> parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches() || match.group(1).length() > 15) {
            return Optional.empty();
        }
        var unit = match.group(2).replaceFirst("^[µ\u03bc]s$", "us");
        var nanos = NANOS.get(unit);
        if (nanos == null) {
            return Optional.empty();
        }
        var exact = new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(nanos));
        if (exact.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(exact.longValue()));
    }

    public static String of(Duration duration) {
        var nanos = duration.toNanos();
        return UNITS.stream()
                .filter(unit -> nanos >= unit.nanos && nanos % unit.nanos == 0)
                .findFirst()
                .map(unit -> nanos / unit.nanos + " " + unit.name)
                .orElse(nanos == 0 ? "0 s" : nanos + " ns");
    }
}
