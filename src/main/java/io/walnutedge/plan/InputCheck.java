package io.walnutedge.plan;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.sampling.ScheduledSensor;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.text.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks that what a sensor takes from others is published by them, which is known only when all are read. One thread. */
final class InputCheck {
    private final Map<ConfigTable, SensorPlan> users = new LinkedHashMap<>();

    /** Remembers a sensor that may take values from others. */
    void add(ConfigTable settings, SensorPlan plan) {
        users.put(settings, plan);
    }

    void check(List<ScheduledSensor> sensors) {
        var units = units(sensors);
        users.forEach((settings, plan) -> {
            plan.source().inputs().forEach(input -> published(settings, "inputs", input, units));
            for (var need : plan.needs()) {
                var table = settings.sectionOrEmpty(need.table());
                if (published(table, need.key(), need.input(), units)) {
                    sameUnit(table, need, units.getOrDefault(need.input().toString(), ""));
                }
            }
        });
    }

    /** What is published, and in which unit, as far as that is known. */
    private static Map<String, String> units(List<ScheduledSensor> sensors) {
        var units = new LinkedHashMap<String, String>();
        for (var sensor : sensors) {
            sensor.measurements().values().stream()
                    .filter(MeasurementConfig::enabled)
                    .map(MeasurementConfig::quantity)
                    .forEach(quantity -> {
                        var filters = sensor.filters().get(quantity);
                        units.put(
                                new SensorPlan.Input(sensor.id(), quantity).toString(),
                                filters == null ? "" : filters.unit());
                    });
        }
        return units;
    }

    private static boolean published(
            ConfigTable settings, String key, SensorPlan.Input input, Map<String, String> units) {
        var there = units.containsKey(input.toString());
        if (!there) {
            settings.problem(
                    key,
                    input + " is not published by any sensor here"
                            + Suggestion.of(input.toString(), new ArrayList<>(units.keySet())));
        }
        return there;
    }

    private static void sameUnit(ConfigTable table, SensorPlan.Need need, String unit) {
        if (!unit.isEmpty() && !unit.equals(need.unit())) {
            table.problem(
                    need.key(),
                    need.input() + " is published in " + unit + ", and " + need.unit()
                            + " is needed; name a quantity in that unit");
        }
    }
}
