package io.walnutedge.sampling;

import io.walnutedge.event.EventListener;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers what the sampler told. Any thread. */
final class Recorder implements EventListener {
    /** A change of availability. */
    record Event(String sensor, boolean online, String why) {}

    private final List<List<Reading>> batches = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<String> quantities = new ArrayList<>();

    @Override
    public synchronized void readings(List<Reading> batch) {
        batches.add(batch);
    }

    @Override
    public synchronized void availability(ItemId sensor, boolean online, String why) {
        events.add(new Event(sensor.value(), online, why));
    }

    @Override
    public synchronized void quantity(ItemId sensor, String quantity, Optional<Absence> absence) {
        quantities.add(sensor + "." + quantity + " "
                + absence.map(none -> (none.failed() ? "failed: " : "none: ") + none.reason())
                        .orElse("online"));
    }

    /** What was told of quantities, as {@code tank.distance none: no target}. */
    synchronized List<String> quantities() {
        return List.copyOf(quantities);
    }

    synchronized List<List<Reading>> batches() {
        return List.copyOf(batches);
    }

    synchronized List<Reading> readings(String sensor) {
        return batches.stream()
                .flatMap(List::stream)
                .filter(reading -> reading.sensor().value().equals(sensor))
                .toList();
    }

    int count(String sensor) {
        return readings(sensor).size();
    }

    synchronized List<Event> events(String sensor) {
        return events.stream().filter(event -> event.sensor.equals(sensor)).toList();
    }

    /** The last that was told; false where nothing was. */
    boolean isOnline(String sensor) {
        var told = events(sensor);
        return !told.isEmpty() && told.get(told.size() - 1).online;
    }
}
