package io.walnutedge.cli;

import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorPlan.Input;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Hardware that knows what was read before, for sensors that compute from others. One thread. */
final class KnownValues implements Hardware {
    private record Known(double value, long nanos) {}

    private final Hardware hardware;
    private final Map<Input, Known> known = new HashMap<>();

    KnownValues(Hardware hardware) {
        this.hardware = hardware;
    }

    /** As it would be published. */
    void put(ItemId sensor, String quantity, Value value) {
        if (value instanceof Value.Numeric number) {
            known.put(new Input(sensor, quantity), new Known(number.number(), nanoTime()));
        }
    }

    @Override
    public Optional<Latest> latest(ItemId sensor, String quantity) {
        return Optional.ofNullable(known.get(new Input(sensor, quantity)))
                .map(last -> new Latest(last.value, Duration.ofNanos(nanoTime() - last.nanos)));
    }

    @Override
    public <T> T access(Class<T> kind) {
        return hardware.access(kind);
    }

    @Override
    public long nanoTime() {
        return hardware.nanoTime();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        hardware.pause(duration);
    }
}
