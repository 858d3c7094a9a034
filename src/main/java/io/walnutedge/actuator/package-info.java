/**
 * What outputs drive: a GPIO line, a PWM channel, an LED, a line or channel of a chip. Each kind is one {@link
 * io.walnutedge.actuator.ActuatorDriver}, which {@link io.walnutedge.actuator.ActuatorDrivers} finds by its annotation;
 * states, timers and safety are above, in {@code output}, and so the same for all.
 */
@NullMarked
package io.walnutedge.actuator;

import org.jspecify.annotations.NullMarked;
