package io.walnutedge.schedule;

import io.walnutedge.reading.Reading;
import io.walnutedge.reading.SensorId;
import java.util.ArrayList;
import java.util.List;

/** Remembers what the sampler told. Any thread. */
final class Recorder implements SampleSink {
    /** A change of availability. */
    record Event(String sensor, boolean online, String why) {}

    private final List<List<Reading>> batches = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    @Override
    public synchronized void readings(List<Reading> batch) {
        batches.add(batch);
    }

    @Override
    public synchronized void availability(SensorId sensor, boolean online, String why) {
        events.add(new Event(sensor.value(), online, why));
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
