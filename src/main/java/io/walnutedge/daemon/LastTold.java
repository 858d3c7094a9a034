package io.walnutedge.daemon;

import io.walnutedge.output.OutputListener;
import io.walnutedge.output.OutputState;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.SensorId;
import io.walnutedge.schedule.SampleSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** What was told last of each sensor, input and output, for whoever asks without the broker. Any thread; never blocks. */
final class LastTold implements SampleSink, OutputListener {
    /**
     * An output's state.
     *
     * @param nanos when it was told, by the monotonic clock
     */
    record Switched(OutputState state, long nanos) {}

    private final LongSupplier nanoTime;
    private final Map<SensorId, Map<String, Reading>> readings = new ConcurrentHashMap<>();
    private final Map<SensorId, Switched> outputs = new ConcurrentHashMap<>();
    private final Map<SensorId, String> offline = new ConcurrentHashMap<>();

    LastTold(LongSupplier nanoTime) {
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
    public void availability(SensorId id, boolean online, String why) {
        if (online) {
            offline.remove(id);
        } else {
            offline.put(id, why);
        }
    }

    @Override
    public void changed(SensorId id, OutputState state) {
        outputs.put(id, new Switched(state, nanoTime.getAsLong()));
    }

    /** It left the configuration. */
    void forget(SensorId id) {
        readings.remove(id);
        outputs.remove(id);
        offline.remove(id);
    }

    /** By quantity. */
    Map<String, Reading> readings(SensorId id) {
        return readings.getOrDefault(id, Map.of());
    }

    Optional<Switched> output(SensorId id) {
        return Optional.ofNullable(outputs.get(id));
    }

    /** Why it is offline; empty where it is not. */
    Optional<String> offline(SensorId id) {
        return Optional.ofNullable(offline.get(id));
    }
}
