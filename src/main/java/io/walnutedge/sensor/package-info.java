/**
 * What a sensor is: a {@link io.walnutedge.sensor.SensorDriver} reads its keys of the configuration into a
 * {@link io.walnutedge.sensor.SensorPlan}, the plan opens a {@link io.walnutedge.sensor.Sensor} on the
 * {@link io.walnutedge.sensor.Hardware}, and the sensor is read.
 *
 * <p>The step in between is there so that {@code check} can judge a configuration on any machine without touching a bus,
 * and so that the schedule knows which bus a sensor needs before it is opened. A driver is found by
 * its annotation ({@link io.walnutedge.sensor.Registered}); there is no list to edit. A sensor takes one sample for each call: no threads, retries,
 * logging or catching; schedule, backoff and health are the sampler's, once for all.
 *
 * <p>A bus, a port, the kernel's files and a program each are a package of their own below this one, which knows none of
 * them: a {@link io.walnutedge.sensor.Source} names its {@link io.walnutedge.sensor.Lane}, and asks the hardware for its
 * access by the type of that. A further bus is such a package and the line that adds its access to the hardware.
 */
@NullMarked
package io.walnutedge.sensor;

import org.jspecify.annotations.NullMarked;
