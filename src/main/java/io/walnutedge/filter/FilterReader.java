package io.walnutedge.filter;

import io.walnutedge.hocon.ConfigTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads the list {@code filters} of one measurement, each entry a table with one key. One thread, and once. */
final class FilterReader {
    private static final String KEY = "filters";
    private static final String GAP = "gap";
    /** More in a row make no sense, and each has its memory. */
    private static final int MOST = 32;
    /** Of values in a window by number; 8 kB. */
    private static final int LARGEST_WINDOW = 1000;

    private static final double LIMIT = 1e12;
    /** The least step, change or weight: anything above 0 that a sensor could mean. */
    private static final double LEAST = 1e-9;

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    /** After a fault in the configuration; it is never used. */
    private static final FilterMaker STAND_IN = around -> new Linear(1, 0);

    private final Map<String, BiFunction<ConfigTable, String, FilterMaker>> kinds = new TreeMap<>();
    private final UnitReader units;
    /** Of all filters together; empty where one has no limit. */
    private Optional<Duration> pause = Optional.of(Duration.ZERO);
    /** Of all windows together. */
    private long bytes;

    FilterReader(String unit) {
        units = new UnitReader(unit);
    }

    private void learn() {
        kinds.put("offset", (entry, key) -> linear(1, entry.number(key, -LIMIT, LIMIT)));
        kinds.put("factor", (entry, key) -> linear(entry.number(key, -LIMIT, LIMIT), 0));
        kinds.put("calibrate", table(PointReader::read));
        kinds.put("clamp", table(FilterReader::clamp));
        kinds.put("reject", windowTable(FilterReader::reject));
        kinds.put("median", window((entry, key) -> lastValues(SlidingWindow.Kind.MEDIAN, entry, key)));
        kinds.put("average", this::average);
        kinds.put("min", lastTime(TimeWindow.Kind.MIN));
        kinds.put("max", lastTime(TimeWindow.Kind.MAX));
        kinds.put("smooth", window(FilterReader::smooth));
        kinds.put("delta", table(this::delta));
        kinds.put("throttle", this::throttle);
        kinds.put("round", FilterReader::round);
        kinds.put("convert", table(units::convert));
        kinds.put("integrate", table(units::integrate));
    }

    /** What may stand in an entry. */
    Set<String> names() {
        learn();
        return kinds.keySet();
    }

    Filters read(ConfigTable settings) {
        var makers = new ArrayList<FilterMaker>();
        for (var entry : settings.tables(KEY, settings.has(KEY) ? names() : Set.of())) {
            makers.add(one(entry));
            entry.finish();
        }
        if (makers.size() > MOST) {
            settings.problem(KEY, makers.size() + " are too many; at most " + MOST);
        }
        return new Filters(makers, units.unit(), units.isKept(), pause, bytes);
    }

    private FilterMaker one(ConfigTable entry) {
        var made = STAND_IN;
        var names = new ArrayList<String>();
        for (var kind : kinds.entrySet()) {
            if (entry.has(kind.getKey())) {
                names.add(kind.getKey());
                made = kind.getValue().apply(entry, kind.getKey());
            }
        }
        if (names.size() > 1) {
            entry.problem("has several filters: " + String.join(", ", names)
                    + "; write each in { } of its own, so that their order is certain");
        }
        return made;
    }

    private static BiFunction<ConfigTable, String, FilterMaker> table(Function<ConfigTable, FilterMaker> reader) {
        return (entry, key) -> entry.section(key)
                .map(section -> {
                    var maker = reader.apply(section);
                    section.finish();
                    return maker;
                })
                .orElse(STAND_IN);
    }

    private static FilterMaker linear(double factor, double offset) {
        return around -> new Linear(factor, offset);
    }

    private static FilterMaker clamp(ConfigTable section) {
        var min = section.optionalNumber("min", -LIMIT, LIMIT).orElse(Double.NEGATIVE_INFINITY);
        var max = section.optionalNumber("max", -LIMIT, LIMIT).orElse(Double.POSITIVE_INFINITY);
        if (!section.has("min") && !section.has("max")) {
            section.problem("needs min or max");
        }
        if (min > max) {
            section.problem("min", "is above max");
        }
        return around -> new Clamp(min, max);
    }

    private static Supplier<Window.Past> reject(ConfigTable section) {
        var below = section.optionalNumber("below", -LIMIT, LIMIT).orElse(Double.NEGATIVE_INFINITY);
        var above = section.optionalNumber("above", -LIMIT, LIMIT).orElse(Double.POSITIVE_INFINITY);
        var jump = section.optionalNumber("jump", LEAST, LIMIT).orElse(Double.POSITIVE_INFINITY);
        var after = section.integer("after", 3, 1, LARGEST_WINDOW);
        if (!section.has("below") && !section.has("above") && !section.has("jump")) {
            section.problem("needs below, above or jump");
        }
        if (section.has("after") && !section.has("jump")) {
            section.problem("after", "is of a jump; write jump = ... beside it");
        }
        if (below > above) {
            section.problem("below", "is greater than above, so that every value would be rejected");
        }
        if (section.has(GAP) && !section.has("jump")) {
            section.problem(GAP, "is of a jump; write jump = ... beside it");
        }
        return () -> new Reject(below, above, jump, after);
    }

    private FilterMaker average(ConfigTable entry, String key) {
        var kind = entry.hasTable(key)
                ? lastTime(TimeWindow.Kind.AVERAGE)
                : window((table, name) -> lastValues(SlidingWindow.Kind.AVERAGE, table, name));
        return kind.apply(entry, key);
    }

    private Supplier<Window.Past> lastValues(SlidingWindow.Kind kind, ConfigTable entry, String key) {
        var size = entry.integer(key, 1, LARGEST_WINDOW);
        bytes += SlidingWindow.bytes(size);
        return () -> new SlidingWindow(kind, size);
    }

    private BiFunction<ConfigTable, String, FilterMaker> lastTime(TimeWindow.Kind kind) {
        return windowTable(section -> {
            var over = section.duration("over", SHORTEST, LONGEST);
            bytes += TimeWindow.BYTES;
            return () -> new TimeWindow(kind, over);
        });
    }

    private static Supplier<Window.Past> smooth(ConfigTable entry, String key) {
        var weight = entry.number(key, LEAST, 1);
        return () -> new ExponentialMovingAverage(weight);
    }

    /** A filter with a past whose key has a value: {@code gap} stands beside it. */
    private static BiFunction<ConfigTable, String, FilterMaker> window(
            BiFunction<ConfigTable, String, Supplier<Window.Past>> reader) {
        return (entry, key) -> window(entry, reader.apply(entry, key));
    }

    /** A filter with a past whose key has a table: {@code gap} stands in it. */
    private static BiFunction<ConfigTable, String, FilterMaker> windowTable(
            Function<ConfigTable, Supplier<Window.Past>> reader) {
        return table(section -> window(section, reader.apply(section)));
    }

    private static FilterMaker window(ConfigTable table, Supplier<Window.Past> past) {
        var gap = table.optionalDuration(GAP, SHORTEST, LONGEST);
        return around -> new Window(past.get(), gap, around.every());
    }

    private FilterMaker delta(ConfigTable section) {
        var by = section.number("by", LEAST, LIMIT);
        var heartbeat = section.duration("heartbeat", Duration.ZERO, SHORTEST, LONGEST);
        pause = heartbeat.isZero() ? Optional.empty() : pause.map(heartbeat::plus);
        return around -> new Delta(by, heartbeat.isZero() ? heartbeat : around.slack(heartbeat));
    }

    private FilterMaker throttle(ConfigTable entry, String key) {
        var time = entry.duration(key, SHORTEST, LONGEST);
        pause = pause.map(time::plus);
        return around -> new Throttle(around.slack(time));
    }

    private static FilterMaker round(ConfigTable entry, String key) {
        var step = entry.number(key, LEAST, LIMIT);
        return around -> new Round(step);
    }
}
