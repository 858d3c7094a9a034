package io.walnutedge.mqtt;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.outbox.Outbox;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.ReadingCodec;
import io.walnutedge.reading.SensorId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Readings into the outbox, and what lies in the outbox into messages. {@link #add} on any thread, {@link #publication}
 * on the thread {@code link}.
 */
public final class ReadingPublisher {
    private record Key(String sensor, String quantity) {}

    private final Outbox outbox;
    private final Map<Key, MeasurementConfig> measurements;
    private final AtomicLong unpublishable = new AtomicLong();

    private ReadingPublisher(Outbox outbox, Map<Key, MeasurementConfig> measurements) {
        this.outbox = outbox;
        this.measurements = measurements;
    }

    /** @param measurements by sensor, and by {@link MeasurementConfig#quantity} */
    public static ReadingPublisher of(Outbox outbox, Map<SensorId, Map<String, MeasurementConfig>> measurements) {
        var byKey = new HashMap<Key, MeasurementConfig>();
        measurements.forEach((sensor, quantities) ->
                quantities.forEach((quantity, config) -> byKey.put(new Key(sensor.value(), quantity), config)));
        return new ReadingPublisher(outbox, Map.copyOf(byKey));
    }

    /** Queues readings in order, each run of one sensor's under the sensor's name; never blocks. */
    public void add(List<Reading> batch) {
        for (var from = 0; from < batch.size(); ) {
            var sensor = batch.get(from).sensor();
            var items = new ArrayList<byte[]>();
            var to = from;
            while (to < batch.size() && batch.get(to).sensor().equals(sensor)) {
                items.add(ReadingCodec.encode(batch.get(to++)));
            }
            outbox.add(sensor.value(), items);
            from = to;
        }
    }

    /** The message of an item; none, and counted, where it is damaged or its measurement left the configuration. */
    Optional<Publication> publication(Outbox.Item item) {
        var publication = decode(item).flatMap(this::publication);
        if (publication.isEmpty()) {
            unpublishable.incrementAndGet();
        }
        return publication;
    }

    private static Optional<Reading> decode(Outbox.Item item) {
        try {
            return Optional.of(ReadingCodec.decode(item.bytes()));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private Optional<Publication> publication(Reading reading) {
        return Optional.ofNullable(measurements.get(new Key(reading.sensor().value(), reading.quantity())))
                .filter(MeasurementConfig::enabled)
                .map(config -> new Publication(
                        config.topic(), PayloadWriter.write(reading, config), config.qos(), config.retain()));
    }

    /** Items taken from the outbox so far that could not be published. */
    public long unpublishable() {
        return unpublishable.get();
    }
}
