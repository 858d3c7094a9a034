package io.walnutedge.output;

import io.walnutedge.actuator.ActuatorPlan;
import io.walnutedge.config.OutputConfig;

/**
 * An output and what it drives. Immutable; any thread.
 *
 * @param type as configured, such as {@code gpio}
 */
public record OutputPlan(OutputConfig config, String type, ActuatorPlan actuator) {
    /** The physical level of a logical one, and the other way round. */
    double level(double logical) {
        return config.activeLow() ? 1 - logical : logical;
    }
}
