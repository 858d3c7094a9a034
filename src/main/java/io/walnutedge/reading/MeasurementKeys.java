package io.walnutedge.reading;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys that every sensor has, whatever its driver: no driver reads one of them, and no quantity is called so. */
public final class MeasurementKeys {
    /** Of one quantity: they stand in its table, or in that of a sensor which has no other. */
    public static final List<String> OF_ONE_QUANTITY =
            List.of("topic", "unit", "decimals", "factor", "offset", "filters", "entity");

    /** Of the sensor, and those that its quantities take over from it. */
    private static final List<String> OF_A_SENSOR = List.of(
            "type",
            "every",
            "sample-every",
            "enabled",
            "format",
            "template",
            "qos",
            "retain",
            "replay",
            "derived",
            "sea-level-pressure-now",
            "altitude-here");

    public static final Set<String> ALL =
            Stream.concat(OF_ONE_QUANTITY.stream(), OF_A_SENSOR.stream()).collect(Collectors.toUnmodifiableSet());

    private MeasurementKeys() {}
}
