package io.walnutedge.sampling;

import io.walnutedge.event.EventListener;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.Hardware;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The newest value of each quantity of each sensor and counter, for those that compute from them: the hardware with what it
 * knows. What an offline sensor said last is forgotten, and what a quantity was that has no value now. Any thread.
 */
public final class LatestReadings implements Hardware, EventListener {
    private record Known(double value, long nanos) {}

    private final Hardware hardware;
    private final LongSupplier nanoTime;
    private final Map<ItemId, Map<String, Known>> known = new ConcurrentHashMap<>();

    public LatestReadings(Hardware hardware, LongSupplier nanoTime) {
        this.hardware = hardware;
        this.nanoTime = nanoTime;
    }

    @Override
    public void readings(List<Reading> batch) {
        batch.forEach(reading -> put(reading.sensor(), reading.quantity(), reading.value()));
    }

    /** As it would be published. */
    public void put(ItemId sensor, String quantity, Value value) {
        if (value instanceof Value.Numeric number) {
            known.computeIfAbsent(sensor, id -> new ConcurrentHashMap<>())
                    .put(quantity, new Known(number.number(), nanoTime.getAsLong()));
        }
    }

    @Override
    public void availability(ItemId sensor, boolean online, String why) {
        if (!online) {
            known.remove(sensor);
        }
    }

    @Override
    public void quantity(ItemId sensor, String quantity, Optional<Absence> absence) {
        if (absence.isPresent()) {
            known.computeIfPresent(sensor, (id, values) -> {
                values.remove(quantity);
                return values;
            });
        }
    }

    /** They left the configuration. */
    public void forget(Set<ItemId> sensors) {
        known.keySet().removeAll(sensors);
    }

    @Override
    public Optional<Latest> latest(ItemId sensor, String quantity) {
        return Optional.ofNullable(known.getOrDefault(sensor, Map.of()).get(quantity))
                .map(last -> new Latest(last.value, Duration.ofNanos(nanoTime.getAsLong() - last.nanos)));
    }

    @Override
    public <T> T access(Class<T> kind) {
        return hardware.access(kind);
    }

    @Override
    public long nanoTime() {
        return nanoTime.getAsLong();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        hardware.pause(duration);
    }
}
