package io.walnutedge.simulate;

import java.util.List;
import java.util.Map;

/**
 * What happens around a simulated board. Immutable; any thread.
 *
 * @param sensors what happens to the chips, by the sensor's id
 * @param files of the simulated {@code sys}, {@code proc} or {@code dev}, by their names in the board's directory
 * @param pins levels that somebody else gives to pins, high from 0.5 on, by the names of the configuration
 */
record Scenario(long seed, Map<String, AtSensor> sensors, Map<String, Content> files, Map<String, Course> pins) {
    Scenario {
        sensors = Map.copyOf(sensors);
        files = Map.copyOf(files);
        pins = Map.copyOf(pins);
    }

    /**
     * One chip and what is around it.
     *
     * @param courses by quantity
     * @param registers of a chip that is declared in the configuration
     */
    record AtSensor(Map<String, Course> courses, List<ChipFault> faults, Map<Integer, byte[]> registers) {
        static final AtSensor QUIET = new AtSensor(Map.of(), List.of(), Map.of());

        AtSensor {
            courses = Map.copyOf(courses);
            faults = List.copyOf(faults);
            registers = Map.copyOf(registers);
        }
    }

    /** A text that stays, or a whole number that moves. */
    sealed interface Content {
        /** Stays. */
        record Text(String text) implements Content {}

        /** Rounded, with a line end. */
        record Whole(Course course) implements Content {}
    }

    /** Nothing but what the board does by itself. */
    static Scenario quiet(long seed) {
        return new Scenario(seed, Map.of(), Map.of(), Map.of());
    }

    AtSensor of(String sensor) {
        return sensors.getOrDefault(sensor, AtSensor.QUIET);
    }
}
