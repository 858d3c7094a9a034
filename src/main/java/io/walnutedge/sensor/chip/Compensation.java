package io.walnutedge.sensor.chip;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorPlan.Input;
import io.walnutedge.sensor.SensorPlan.Need;
import io.walnutedge.sensor.i2c.I2cChip;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * What a chip may know of its air from other sensors: {@code compensate { temperature = "room.temperature", humidity =
 * "room.humidity", max-age = 10 min }}. A value that is missing or too old is empty, and the chip goes on with what it
 * would have without the block. Immutable; any thread.
 */
record Compensation(Map<Quantity, Input> inputs, Duration maxAge) {
    private static final String KEY = "compensate";

    /** A sensor's id and a quantity's name, neither of which has a point. */
    private static final Pattern INPUT = Pattern.compile("([^.]+)\\.([^.]+)");

    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    /** Temperature in °C and humidity in %, both of about the same time. */
    record Air(double celsius, double percent) {}

    /** Reads the block, in which all of the quantities are required. */
    static Compensation read(ConfigTable settings, Quantity... quantities) {
        var inputs = new LinkedHashMap<Quantity, Input>();
        var block = settings.section(KEY);
        if (block.isEmpty()) {
            return new Compensation(inputs, MAX_AGE);
        }
        var table = block.get();
        for (var quantity : quantities) {
            input(table, quantity).ifPresent(input -> inputs.put(quantity, input));
        }
        var maxAge = table.duration("max-age", MAX_AGE, Duration.ofMillis(10), Duration.ofDays(7));
        table.finish();
        return new Compensation(inputs, maxAge);
    }

    private static Optional<Input> input(ConfigTable table, Quantity quantity) {
        var text = table.text(quantity.name());
        var place = INPUT.matcher(text);
        if (place.matches() && ItemId.isValid(place.group(1)) && ItemId.isValid(place.group(2))) {
            return Optional.of(new Input(new ItemId(place.group(1)), place.group(2)));
        }
        if (!text.isEmpty()) {
            table.problem(
                    quantity.name(),
                    "is not a sensor and its quantity; accepted: one like \"room." + quantity.name() + "\"");
        }
        return Optional.empty();
    }

    /** What other sensors must publish. */
    List<Need> needs() {
        return inputs.entrySet().stream()
                .map(each -> new Need(
                        KEY,
                        each.getKey().name(),
                        each.getValue(),
                        each.getKey().unit()))
                .toList();
    }

    boolean isEmpty() {
        return inputs.isEmpty();
    }

    /** The newest value, held at the ends; empty where there is none or it is too old. */
    OptionalDouble value(I2cChip chip, Quantity quantity, double min, double max) {
        var input = inputs.get(quantity);
        if (input == null) {
            return OptionalDouble.empty();
        }
        return chip.latest(input)
                .filter(latest -> latest.age().compareTo(maxAge) <= 0)
                .map(latest -> OptionalDouble.of(Math.max(min, Math.min(max, latest.value()))))
                .orElse(OptionalDouble.empty());
    }

    /** Temperature and humidity; the fallback where one of them is missing or too old. */
    Air air(I2cChip chip, Air fallback, double minCelsius, double maxCelsius) {
        var celsius = value(chip, Quantity.TEMPERATURE, minCelsius, maxCelsius);
        var percent = value(chip, Quantity.HUMIDITY, 0, 100);
        return celsius.isPresent() && percent.isPresent()
                ? new Air(celsius.getAsDouble(), percent.getAsDouble())
                : fallback;
    }
}
