package io.walnutedge.schedule;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.filter.Calibration;
import io.walnutedge.filter.FilterChain;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.SensorId;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.state.StateFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes readings of one sensor's measurements: only those that are configured and enabled, calibrated and filtered, each at
 * its own rate and with its own count. {@link #calibrate} from any thread, {@link #publish} under the lane's lock, and so
 * the filters: a read that hung and comes back late does not reach them.
 */
final class Publisher {
    /** A value that waited longer for its turn, in intervals of publication, is no news: the sensor was away. */
    private static final long STALE_TURNS = 2;

    private final SensorId id;
    private final Map<String, Channel> channels = new HashMap<>();

    Publisher(ScheduledSensor sensor, StateFile state) {
        id = sensor.id();
        var interval = sensor.every().toNanos();
        for (var config : sensor.measurements().values()) {
            if (config.enabled()) {
                channels.put(
                        config.quantity(),
                        new Channel(config, interval, sensor.startFilters(config.quantity(), state)));
            }
        }
    }

    /** A value ready for its filters. */
    record Calibrated(Channel channel, Value value) {}

    /** @throws SensorException if a value is not finite after calibration: then the whole sample is not trusted */
    List<Calibrated> calibrate(List<Measurement> measured) throws SensorException {
        var values = new ArrayList<Calibrated>(measured.size());
        for (var measurement : measured) {
            var channel = channels.get(measurement.quantity().name());
            if (channel != null) {
                values.add(new Calibrated(channel, channel.calibrate(measurement.value())));
            }
        }
        return values;
    }

    /** Every value goes through its filters; answers the readings of those whose turn it is by this tick. */
    List<Reading> publish(long tick, List<Calibrated> values, SampleClock.Moment moment) {
        if (values.isEmpty()) {
            channels.values().forEach(channel -> channel.filters.idle(moment.nanos()));
        }
        var readings = new ArrayList<Reading>(values.size());
        for (var value : values) {
            value.channel.filter(value.value, moment);
            value.channel.take(id, tick).ifPresent(readings::add);
        }
        return readings;
    }

    /** How many readings there were, by quantity. */
    Map<String, Long> counts() {
        var counts = new HashMap<String, Long>();
        channels.forEach((quantity, channel) -> counts.put(quantity, channel.seq));
        return counts;
    }

    /** Goes on counting from there. */
    void resume(Map<String, Long> counts) {
        channels.forEach((quantity, channel) -> channel.seq = counts.getOrDefault(quantity, 0L));
    }

    /** Whatever rates were configured, at another interval; ticks are counted anew. */
    void everyTick(Duration every) {
        channels.values().forEach(channel -> {
            channel.stride = 1;
            channel.turn = -1;
            channel.filters.interval(every);
        });
    }

    /** The sensor was away. */
    void reopened() {
        channels.values().forEach(channel -> channel.filters.reopened());
    }

    /** One quantity. */
    static final class Channel {
        private final String quantity;
        private final Calibration calibration;
        private final FilterChain filters;
        private final long staleNanos;
        /** What came through the filters last and is not published yet. */
        private @Nullable Waiting waiting;

        private long stride;
        private long turn = -1;
        private long seq;

        private record Waiting(Value value, SampleClock.Moment moment) {}

        Channel(MeasurementConfig config, long interval, FilterChain filters) {
            quantity = config.quantity();
            calibration = new Calibration(config.factor(), config.offset());
            this.filters = filters;
            staleNanos = STALE_TURNS * config.every().toNanos();
            stride = Math.max(1, config.every().toNanos() / interval);
        }

        Value calibrate(Value measured) throws SensorException {
            return calibration
                    .apply(measured)
                    .orElseThrow(() -> new SensorException(quantity + ": " + measured.format(9) + " * "
                            + calibration.factor() + " + " + calibration.offset() + " is not a finite number"));
        }

        /** What waits is replaced by what is newer, and forgotten where the filters hold back everything after it. */
        void filter(Value value, SampleClock.Moment moment) {
            var filtered = filters.apply(value, moment.nanos());
            if (filtered.isPresent()) {
                waiting = new Waiting(filtered.get(), moment);
            } else if (waiting != null && moment.nanos() - waiting.moment.nanos() > staleNanos) {
                waiting = null;
            }
        }

        /** A turn with nothing to publish is left to the next sample. */
        Optional<Reading> take(SensorId id, long tick) {
            var newest = waiting;
            if (newest == null || (tick != Attempt.OUT_OF_TURN && !isTurn(tick))) {
                return Optional.empty();
            }
            waiting = null;
            seq++;
            return Optional.of(new Reading(id, quantity, newest.value, newest.moment.stamp(seq)));
        }

        /** Each stride of ticks has one turn, taken by its first good sample: a missed tick costs no publication. */
        private boolean isTurn(long tick) {
            var now = tick / stride;
            var isNew = now != turn;
            turn = now;
            return isNew;
        }
    }
}
