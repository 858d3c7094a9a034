package io.walnutedge.sensor;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.i2c.I2cBuses;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One type of sensor: the value of {@code type} in the configuration. Stateless; any thread. */
public interface SensorDriver {
    /** The value of {@code type}, such as {@code bme280}. */
    String name();

    /** Other values of {@code type} that mean the same, such as the names of similar chips. */
    default List<String> aliases() {
        return List.of();
    }

    /** What people buy, for the catalogue, such as {@code Sensirion SHT30, SHT31, SHT35}. */
    default String title() {
        return "";
    }

    /** The driver's own keys, for the catalogue: Markdown, the default in bold. */
    default String keys() {
        return "";
    }

    /** The default of {@code every}. */
    default Duration every() {
        return Duration.ofSeconds(10);
    }

    /** How often it must be read, however rarely it is published; empty where that is the same. */
    default Optional<Duration> sampleEvery() {
        return Optional.empty();
    }

    /**
     * Whether all that it reads passes through {@link I2cBuses} and {@link DeviceFiles}, so that a recording has it.
     * One that reads anything else of the machine has no place in a recording, nor in a replay of one.
     */
    default boolean isRecorded() {
        return true;
    }

    /**
     * Reads the driver's own keys (type, every and the measurement keys are read by the caller, who also finishes the
     * settings). Touches no hardware and no file. Mistakes are noted with {@link ConfigTable#problem}, and any plan may be
     * answered then.
     */
    SensorPlan plan(ConfigTable settings);
}
