package io.walnutedge.sampling;

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
 * The newest value of each quantity of each sensor, for those that compute from them: a sink before the next one, and the
 * hardware with what it knows. What an offline sensor said last is forgotten, and what a quantity was
 * that has no value now. Any thread.
 */
final class LatestReadings implements SampleSink {
    private record Known(double value, long nanos) {}

    private final SampleSink next;
    private final LongSupplier nanoTime;
    private final Map<ItemId, Map<String, Known>> known = new ConcurrentHashMap<>();

    LatestReadings(SampleSink next, LongSupplier nanoTime) {
        this.next = next;
        this.nanoTime = nanoTime;
    }

    @Override
    public void readings(List<Reading> batch) {
        var now = nanoTime.getAsLong();
        for (var reading : batch) {
            if (reading.value() instanceof Value.Numeric number) {
                known.computeIfAbsent(reading.sensor(), sensor -> new ConcurrentHashMap<>())
                        .put(reading.quantity(), new Known(number.number(), now));
            }
        }
        next.readings(batch);
    }

    @Override
    public void availability(ItemId sensor, boolean online, String why) {
        if (!online) {
            known.remove(sensor);
        }
        next.availability(sensor, online, why);
    }

    @Override
    public void quantity(ItemId sensor, String quantity, Optional<Absence> absence) {
        if (absence.isPresent()) {
            known.computeIfPresent(sensor, (id, values) -> {
                values.remove(quantity);
                return values;
            });
        }
        next.quantity(sensor, quantity, absence);
    }

    /** They left the configuration. */
    void forget(Set<ItemId> sensors) {
        known.keySet().removeAll(sensors);
    }

    private Optional<Hardware.Latest> latest(ItemId sensor, String quantity) {
        return Optional.ofNullable(known.getOrDefault(sensor, Map.of()).get(quantity))
                .map(last -> new Hardware.Latest(last.value, Duration.ofNanos(nanoTime.getAsLong() - last.nanos)));
    }

    /** The hardware, which knows these values too. */
    Hardware beside(Hardware hardware) {
        return new Hardware() {
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

            @Override
            public Optional<Latest> latest(ItemId sensor, String quantity) {
                return LatestReadings.this.latest(sensor, quantity);
            }
        };
    }
}
