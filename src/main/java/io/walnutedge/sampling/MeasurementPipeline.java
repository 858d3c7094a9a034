package io.walnutedge.sampling;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.filter.Calibration;
import io.walnutedge.filter.FilterChain;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Outcome;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.SampleClock;
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
final class MeasurementPipeline {
    /** A value that waited longer for its turn, in intervals of publication, is no news: the sensor was away. */
    private static final long STALE_TURNS = 2;

    private final ItemId id;
    private final Map<String, Channel> channels = new HashMap<>();

    MeasurementPipeline(ScheduledSensor sensor, StateFile state) {
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

    /** A value ready for its filters, or why there is none. */
    record Calibrated(Channel channel, Outcome outcome) {
        String quantity() {
            return channel.quantity;
        }

        Optional<Absence> absence() {
            return outcome instanceof Absence none ? Optional.of(none) : Optional.empty();
        }
    }

    /** @throws SensorException if all that is published of the sample has failed, be it not finite after calibration */
    List<Calibrated> calibrate(List<Measurement> measured) throws SensorException {
        var outcomes = new ArrayList<Calibrated>(measured.size());
        for (var measurement : measured) {
            var channel = channels.get(measurement.quantity().name());
            if (channel != null) {
                outcomes.add(new Calibrated(channel, channel.calibrate(measurement.outcome())));
            }
        }
        var failures = outcomes.stream()
                .flatMap(each -> each.absence().filter(Absence::failed).stream())
                .toList();
        if (!failures.isEmpty() && failures.size() == outcomes.size()) {
            throw new SensorException(failures.get(0).reason());
        }
        return outcomes;
    }

    /** No quantity has a value. */
    List<Calibrated> absent(String reason) {
        return channels.values().stream()
                .map(channel -> new Calibrated(channel, Absence.normal(reason)))
                .toList();
    }

    /** Every value goes through its filters; answers the readings of those whose turn it is by this tick. */
    List<Reading> publish(long tick, List<Calibrated> outcomes, SampleClock.Moment moment) {
        if (outcomes.isEmpty()) {
            channels.values().forEach(channel -> channel.filters.idle(moment.nanos()));
        }
        var readings = new ArrayList<Reading>(outcomes.size());
        for (var each : outcomes) {
            if (each.outcome instanceof Value value) {
                each.channel.filter(value, moment);
                each.channel.take(id, tick).ifPresent(readings::add);
            } else {
                each.channel.waiting = null;
            }
        }
        return readings;
    }

    /** Quantities that have had no value since the sensor was opened, and of which this sample says nothing. */
    List<String> unknown(List<Calibrated> sample) {
        return channels.values().stream()
                .filter(channel -> !channel.hasValue && sample.stream().noneMatch(each -> each.channel == channel))
                .map(channel -> channel.quantity)
                .toList();
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
        channels.values().forEach(channel -> {
            channel.filters.reopened();
            channel.hasValue = false;
        });
    }

    /** One quantity. */
    static final class Channel {
        private final String quantity;
        private final Calibration calibration;
        private final FilterChain filters;
        private final long staleNanos;
        /** What came through the filters last and is not published yet. */
        private @Nullable Waiting waiting;

        private boolean hasValue;
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

        Outcome calibrate(Outcome measured) {
            return measured instanceof Value value
                    ? calibration
                            .apply(value)
                            .map(Outcome.class::cast)
                            .orElseGet(() -> Absence.failure(quantity + ": " + value.format(9) + " * "
                                    + calibration.factor() + " + " + calibration.offset() + " is not a finite number"))
                    : measured;
        }

        /** What waits is replaced by what is newer, and forgotten where the filters hold back everything after it. */
        void filter(Value value, SampleClock.Moment moment) {
            hasValue = true;
            var filtered = filters.apply(value, moment.nanos());
            if (filtered.isPresent()) {
                waiting = new Waiting(filtered.get(), moment);
            } else if (waiting != null && moment.nanos() - waiting.moment.nanos() > staleNanos) {
                waiting = null;
            }
        }

        /** A turn with nothing to publish is left to the next sample. */
        Optional<Reading> take(ItemId id, long tick) {
            var newest = waiting;
            if (newest == null || (tick != ReadAttempt.OUT_OF_TURN && !isTurn(tick))) {
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
