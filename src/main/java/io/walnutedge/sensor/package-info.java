/**
 * What a sensor is: a {@link io.walnutedge.sensor.SensorDriver} reads its keys of the configuration into a
 * {@link io.walnutedge.sensor.SensorPlan}, the plan opens a {@link io.walnutedge.sensor.Sensor} on the
 * {@link io.walnutedge.sensor.Hardware}, and the sensor is read.
 *
 * <p>The step in between is there so that {@code check} can judge a configuration on any machine without touching a bus,
 * and so that the schedule knows which bus a sensor needs before it is opened. A driver is found by
 * {@link java.util.ServiceLoader}; there is no list to edit. A sensor takes one sample for each call: no threads, retries,
 * logging or catching; schedule, backoff and health are the sampler's, once for all.
 */
@NullMarked
package io.walnutedge.sensor;

import org.jspecify.annotations.NullMarked;
