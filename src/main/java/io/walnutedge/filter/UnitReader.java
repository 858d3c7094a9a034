package io.walnutedge.filter;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.text.Suggestion;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads those filters that change the unit, and knows the unit so far. One thread. */
final class UnitReader {
    /** Their sum over hours has a name of its own: Wh, Ah. */
    private static final Set<String> PER_HOUR = Set.of("mW", "W", "kW", "mA", "A");
    /** A gap that is always integrated, unless the user says otherwise: a sensor may be away for a while. */
    private static final Duration GAP = Duration.ofMinutes(10);
    /** Samples that may be missing where they are rare. */
    private static final int GAP_SAMPLES = 3;

    private String unit;
    private boolean kept;

    /** The unit of time of an integral. */
    private enum Per {
        S(1),
        MIN(60),
        H(3600);

        private final Duration time;

        Per(long seconds) {
            time = Duration.ofSeconds(seconds);
        }

        String symbol() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    UnitReader(String unit) {
        this.unit = unit;
    }

    String unit() {
        return unit;
    }

    /** Whether there is a total. */
    boolean isKept() {
        return kept;
    }

    FilterMaker convert(ConfigTable section) {
        var from = find(section, "from", unit.isEmpty() ? section.text("from") : section.text("from", unit));
        var to = find(section, "to", section.text("to"));
        if (from.isEmpty() || to.isEmpty()) {
            return around -> new Linear(1, 0);
        }
        if (!from.get().kind().equals(to.get().kind())) {
            section.problem(
                    "to",
                    to.get().name() + " is a unit of " + to.get().kind() + ", and "
                            + from.get().name() + " is one of " + from.get().kind());
        }
        unit = to.get().name();
        var conversion = from.get().to(to.get());
        return around -> conversion;
    }

    private static Optional<Units.Unit> find(ConfigTable section, String key, String name) {
        var found = Units.find(name);
        if (found.isEmpty() && !name.isEmpty()) {
            section.problem(
                    key,
                    "'" + name + "' is not a unit that can be converted; accepted: " + String.join(", ", Units.names())
                            + Suggestion.of(name, Units.names()));
        }
        return found;
    }

    FilterMaker integrate(ConfigTable section) {
        if (kept) {
            section.problem("there is an integral before it; one measurement has one total");
        }
        kept = true;
        var per = section.choice("per", Per.H);
        var gap = section.optionalDuration("gap", Duration.ofMillis(10), Duration.ofDays(1));
        unit = integrated(unit, per);
        return around -> new Integral(
                per.time, gap.orElseGet(() -> gap(around.every())), around.state(), around.key() + ".total");
    }

    private static Duration gap(Duration every) {
        var samples = every.multipliedBy(GAP_SAMPLES);
        return samples.compareTo(GAP) > 0 ? samples : GAP;
    }

    private static String integrated(String unit, Per per) {
        var rate = "/" + per.symbol();
        if (unit.endsWith(rate)) {
            return unit.substring(0, unit.length() - rate.length());
        }
        if (per == Per.H && PER_HOUR.contains(unit)) {
            return unit + "h";
        }
        return unit.isEmpty() ? "" : unit + "·" + per.symbol();
    }
}
