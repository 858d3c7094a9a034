package io.walnutedge.schedule;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.reading.SensorId;
import io.walnutedge.sensor.SensorPlan;
import java.time.Duration;
import java.util.Map;

/**
 * A sensor with its interval. Immutable; any thread.
 *
 * @param every the sampling interval
 * @param measurements by {@link MeasurementConfig#quantity}, in the order of the driver
 */
public record ScheduledSensor(
        SensorId id, String type, Duration every, SensorPlan plan, Map<String, MeasurementConfig> measurements) {}
