package io.walnutedge.publish;

import io.walnutedge.event.EventListener;
import io.walnutedge.event.OutputState;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/**
 * The latest reading, state and availability of each sensor, input and output, and the alerts of the board, for those that
 * ask without the broker. Any thread; never blocks.
 */
public final class LatestStates implements EventListener {
    /**
     * An output's state.
     *
     * @param nanos when it was published, by the monotonic clock
     */
    public record Switched(OutputState state, long nanos) {}

    private final LongSupplier nanoTime;
    private final Map<ItemId, Map<String, Reading>> readings = new ConcurrentHashMap<>();
    private final Map<ItemId, Switched> outputs = new ConcurrentHashMap<>();
    private final Map<ItemId, Boolean> contacts = new ConcurrentHashMap<>();
    private final Map<ItemId, String> offline = new ConcurrentHashMap<>();
    private final Map<ItemId, Map<String, Absence>> absences = new ConcurrentHashMap<>();
    private final Map<String, String> alerts = new ConcurrentSkipListMap<>();

    public LatestStates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void readings(List<Reading> batch) {
        for (var reading : batch) {
            readings.computeIfAbsent(reading.sensor(), id -> new ConcurrentHashMap<>())
                    .put(reading.quantity(), reading);
        }
    }

    @Override
    public void availability(ItemId id, boolean online, String why) {
        if (online) {
            offline.remove(id);
        } else {
            offline.put(id, why);
        }
    }

    @Override
    public void quantity(ItemId id, String quantity, Optional<Absence> absence) {
        var absent = absences.computeIfAbsent(id, none -> new ConcurrentHashMap<>());
        absence.ifPresentOrElse(none -> absent.put(quantity, none), () -> absent.remove(quantity));
    }

    @Override
    public void output(ItemId id, OutputState state) {
        outputs.put(id, new Switched(state, nanoTime.getAsLong()));
    }

    @Override
    public void contact(ItemId id, boolean on) {
        contacts.put(id, on);
    }

    @Override
    public void alert(String what, String why) {
        if (why.isEmpty()) {
            alerts.remove(what);
        } else {
            alerts.put(what, why);
        }
    }

    /** It left the configuration. */
    public void forget(ItemId id) {
        contacts.remove(id);
        readings.remove(id);
        outputs.remove(id);
        offline.remove(id);
        absences.remove(id);
    }

    /** Why a quantity has no value; empty where it has one, or nothing is known of it. */
    public Optional<Absence> absence(ItemId id, String quantity) {
        return Optional.ofNullable(absences.getOrDefault(id, Map.of()).get(quantity));
    }

    /** By quantity. */
    public Map<String, Reading> readings(ItemId id) {
        return readings.getOrDefault(id, Map.of());
    }

    /** Whether a contact is on. */
    public Optional<Boolean> contact(ItemId id) {
        return Optional.ofNullable(contacts.get(id));
    }

    public Optional<Switched> output(ItemId id) {
        return Optional.ofNullable(outputs.get(id));
    }

    /** Why it is offline; empty where it is not. */
    public Optional<String> offline(ItemId id) {
        return Optional.ofNullable(offline.get(id));
    }

    /** What is wrong with the board itself, in sentences, by what the alert is about. */
    public Map<String, String> alerts() {
        return Collections.unmodifiableMap(alerts);
    }
}
