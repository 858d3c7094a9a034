package io.walnutedge.schedule;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.filter.Calibration;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.SensorId;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.SensorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes readings of one sensor's measurements: only those that are configured and enabled, calibrated, each at its own
 * rate and with its own count. {@link #calibrate} from any thread, {@link #publish} under the lane's lock.
 */
final class Publisher {
    private final SensorId id;
    private final Map<String, Channel> channels = new HashMap<>();

    Publisher(ScheduledSensor sensor) {
        id = sensor.id();
        var interval = sensor.every().toNanos();
        for (var config : sensor.measurements().values()) {
            if (config.enabled()) {
                channels.put(config.quantity(), new Channel(config, interval));
            }
        }
    }

    /** A value ready for publication. */
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

    /** The readings of those values whose turn it is by this tick. */
    List<Reading> publish(long tick, List<Calibrated> values, SampleClock.Moment moment) {
        var readings = new ArrayList<Reading>(values.size());
        for (var value : values) {
            if (tick == Attempt.OUT_OF_TURN || value.channel.isTurn(tick)) {
                readings.add(value.channel.reading(id, value.value, moment));
            }
        }
        return readings;
    }

    /** Whatever rates were configured. */
    void everyTick() {
        channels.values().forEach(channel -> channel.stride = 1);
    }

    /** One quantity. */
    static final class Channel {
        private final String quantity;
        private final Calibration calibration;
        private long stride;
        private long turn = -1;
        private long seq;

        Channel(MeasurementConfig config, long interval) {
            quantity = config.quantity();
            calibration = new Calibration(config.factor(), config.offset());
            stride = Math.max(1, config.every().toNanos() / interval);
        }

        Value calibrate(Value measured) throws SensorException {
            return calibration
                    .apply(measured)
                    .orElseThrow(() -> new SensorException(quantity + ": " + measured.format(9) + " * "
                            + calibration.factor() + " + " + calibration.offset() + " is not a finite number"));
        }

        /** Each stride of ticks has one turn, taken by its first good sample: a missed tick costs no publication. */
        boolean isTurn(long tick) {
            var now = tick / stride;
            var isNew = now != turn;
            turn = now;
            return isNew;
        }

        Reading reading(SensorId id, Value value, SampleClock.Moment moment) {
            seq++;
            return new Reading(id, quantity, value, moment.stamp(seq));
        }
    }
}
