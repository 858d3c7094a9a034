package io.walnutedge.publish;

import io.walnutedge.plan.Plan;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.sampling.ScheduledSensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The alert of each sensor for Homie: its failure, or else the quantities that have no value now, for the convention knows no
 * availability of a property, whose last value stays. One thread at a time.
 */
final class HomieAlerts {
    private final Map<ItemId, String> failures = new HashMap<>();
    private final Map<ItemId, Map<String, Absence>> absences = new HashMap<>();

    /** Answers the alert. */
    String availability(ItemId id, String why) {
        failures.put(id, why);
        return text(id);
    }

    /** Answers the alert. */
    String quantity(ItemId id, String quantity, Optional<Absence> absence) {
        var absent = absences.computeIfAbsent(id, none -> new TreeMap<>());
        absence.ifPresentOrElse(none -> absent.put(quantity, none), () -> absent.remove(quantity));
        return text(id);
    }

    /** Forgets what left the configuration. */
    void keep(Plan plan) {
        var there =
                plan.sensors().stream().collect(Collectors.toMap(ScheduledSensor::id, ScheduledSensor::availableEach));
        absences.keySet().retainAll(there.keySet());
        absences.forEach((id, absent) -> absent.keySet().retainAll(there.get(id)));
        failures.keySet().removeIf(id -> !there.containsKey(id));
    }

    private String text(ItemId id) {
        var failure = failures.getOrDefault(id, "");
        return failure.isEmpty()
                ? absences.getOrDefault(id, Map.of()).entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue().reason())
                        .collect(Collectors.joining("; "))
                : failure;
    }
}
