package io.walnutedge.sampling;

import io.walnutedge.event.EventListener;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Which quantities of a sensor have a value, and why others have none: tells each change, and logs the first of each kind,
 * for a target may come and go each second. Under the lane's lock.
 */
final class QuantityHealth {
    private static final Logger LOG = LoggerFactory.getLogger(QuantityHealth.class);

    /** Of one sensor since the start; the figures in a reason make no other one. */
    private static final int MOST_LOGGED = 32;

    private final ItemId id;
    private final EventListener events;
    private final Map<String, Optional<Absence>> known = new TreeMap<>();
    private final Set<String> logged = new HashSet<>();

    QuantityHealth(ItemId id, EventListener events) {
        this.id = id;
        this.events = events;
    }

    /** @param absence empty where it has a value */
    void take(String quantity, Optional<Absence> absence) {
        var before = known.put(quantity, absence);
        if (absence.equals(before)) {
            return;
        }
        absence.ifPresent(none -> log(quantity, none));
        if (absence.isEmpty() && before != null) {
            LOG.debug("{}: {} has a value", id, quantity);
        }
        events.quantity(id, quantity, absence);
    }

    /** What has failed of a sensor that has not, in a sentence; empty where nothing has. */
    String failures() {
        return known.entrySet().stream()
                .flatMap(each -> each.getValue().stream()
                        .filter(Absence::failed)
                        .map(failed -> each.getKey() + ": " + failed.reason()))
                .collect(Collectors.joining("; "));
    }

    private void log(String quantity, Absence none) {
        var isNew = logged.size() < MOST_LOGGED && logged.add(quantity + Availability.withoutFigures(none.reason()));
        var level = none.failed() ? Level.WARN : Level.INFO;
        LOG.atLevel(isNew ? level : Level.DEBUG).log("{}: no value of {}: {}", id, quantity, none.reason());
    }
}
