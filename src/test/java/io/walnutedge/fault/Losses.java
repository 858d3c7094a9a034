package io.walnutedge.fault;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The losses that were told on {@code status/gap}, by sensor; read apart from the daemon's own code. */
record Losses(Map<String, Long> told, int records) {
    private static final Pattern GAP = Pattern.compile(
            "\\{\"sensor\":\"([^\"]+)\",\"dropped\":(\\d+),\"reason\":\"[a-z-]+\",\"from\":\"[^\"]+\",\"to\":\"[^\"]+\"}");

    static Losses in(List<String> payloads) {
        var told = new HashMap<String, Long>();
        for (var payload : payloads) {
            var gap = GAP.matcher(payload);
            if (!gap.matches()) {
                throw new AssertionError("no gap record: " + payload);
            }
            told.merge(gap.group(1), Long.parseLong(gap.group(2)), Long::sum);
        }
        return new Losses(told, payloads.size());
    }

    long total() {
        return told.values().stream().mapToLong(Long::longValue).sum();
    }

    /** By sensor, where it is not so that what is missing was told: how many were missing, and told. */
    Map<String, String> wrong(Verdict verdict) {
        var wrong = new LinkedHashMap<String, String>();
        var missing = verdict.missing();
        missing.forEach((sensor, lost) -> {
            if (lost.size() != told.getOrDefault(sensor, 0L)) {
                wrong.put(sensor, lost.size() + " missing, " + told.getOrDefault(sensor, 0L) + " told");
            }
        });
        told.forEach((sensor, count) -> {
            if (!missing.containsKey(sensor)) {
                wrong.put(sensor, "none missing, " + count + " told");
            }
        });
        return wrong;
    }
}
