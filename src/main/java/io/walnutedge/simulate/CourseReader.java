package io.walnutedge.simulate;

import io.walnutedge.hocon.ConfigTable;
import java.time.Duration;
import java.util.List;

/** Reads one {@link Course} of a scenario: a number, or a table such as {@code { ramp { from = 1, to = 2, over = 1 min } }}. */
final class CourseReader {
    private static final double LIMIT = 1e12;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final List<String> KINDS = List.of("constant", "wave", "ramp", "steps");

    private CourseReader() {}

    /** @param seed of its noise */
    static Course read(ConfigTable settings, String key, long seed) {
        if (!settings.hasTable(key)) {
            return new Course.Constant(settings.number(key, 0, -LIMIT, LIMIT));
        }
        var table = settings.sectionOrEmpty(key);
        if (KINDS.stream().filter(table::has).count() != 1) {
            table.problem("must have one of " + String.join(", ", KINDS));
        }
        var course = course(table);
        var noise = table.number("noise", 0, 0, LIMIT);
        table.finish();
        return noise == 0 ? course : new Course.Noisy(course, noise, seed);
    }

    private static Course course(ConfigTable table) {
        return table.section("wave")
                .map(CourseReader::wave)
                .or(() -> table.section("ramp").map(CourseReader::ramp))
                .orElseGet(() -> table.has("steps")
                        ? new Course.Steps(steps(table), seconds(table, "each", Duration.ofSeconds(10)))
                        : new Course.Constant(table.number("constant", 0, -LIMIT, LIMIT)));
    }

    private static Course wave(ConfigTable table) {
        var wave = new Wave(
                table.number("middle", 0, -LIMIT, LIMIT),
                table.number("swing", 1, 0, LIMIT),
                seconds(table, "period", Duration.ofMinutes(1)));
        table.finish();
        return wave;
    }

    private static Course ramp(ConfigTable table) {
        var ramp = new Course.Ramp(
                table.number("from", 0, -LIMIT, LIMIT),
                table.number("to", 0, -LIMIT, LIMIT),
                seconds(table, "over", Duration.ofMinutes(1)));
        table.finish();
        return ramp;
    }

    private static List<Double> steps(ConfigTable table) {
        var list = table.list("steps");
        if (list.isEmpty()) {
            return List.of(0.0);
        }
        var values = list.get().keys().stream()
                .map(key -> list.get().number(key, 0, -LIMIT, LIMIT))
                .toList();
        if (values.isEmpty()) {
            table.problem("steps", "is empty; give at least one value");
            return List.of(0.0);
        }
        return values;
    }

    private static double seconds(ConfigTable table, String key, Duration fallback) {
        return table.duration(key, fallback, SHORTEST, LONGEST).toMillis() / 1e3;
    }
}
