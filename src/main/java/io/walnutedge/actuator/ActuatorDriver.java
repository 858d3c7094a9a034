package io.walnutedge.actuator;

import io.walnutedge.hocon.ConfigTable;

/** One type of output: the value of {@code type} in the configuration. Stateless; any thread. */
public interface ActuatorDriver {
    /** The value of {@code type}, such as {@code pwm}. */
    String name();

    /**
     * Reads the driver's own keys (those that all outputs have are read by the caller, who also finishes the settings).
     * Touches no hardware and no file. Mistakes are noted with {@link ConfigTable#problem}, and any plan may be answered then.
     */
    ActuatorPlan plan(ConfigTable settings);
}
