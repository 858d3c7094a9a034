package io.walnutedge.sensor.formula;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.SensorPlan.Input;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A value computed from the newest published ones of other sensors: {@code type = formula, formula = "inside - outside",
 * inputs { inside = room.temperature, outside = garden.temperature }}. Without one of them, or with one that is too old,
 * there is no value. Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Formula implements SensorDriver {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,31}");

    /** A sensor's id and a quantity's name, neither of which has a point. */
    private static final Pattern INPUT = Pattern.compile("([^.]+)\\.([^.]+)");

    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "formula";
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var text = settings.text("formula");
        var quantity = settings.text("quantity", "value");
        var maxAge = settings.duration("max-age", MAX_AGE, Duration.ofMillis(10), Duration.ofDays(7));
        var inputs = inputs(settings);
        var isName = ItemId.isValid(quantity);
        if (!isName) {
            settings.problem("quantity", "'" + quantity + "' is not a name; accepted: " + ItemId.ACCEPTED);
        }
        var expression = expression(settings, text, inputs);
        var result = new Quantity(isName ? quantity : "value", "", 3);
        return new SensorPlan(
                new Computed(text.isBlank() ? "nothing" : text, List.copyOf(inputs.values())),
                List.of(result),
                hardware -> new Computing(expression, inputs, maxAge, result, hardware));
    }

    private static Map<String, Input> inputs(ConfigTable settings) {
        var inputs = new LinkedHashMap<String, Input>();
        var table = settings.sectionOrEmpty("inputs");
        for (var name : table.keys()) {
            var place = INPUT.matcher(table.text(name));
            if (!NAME.matcher(name).matches()) {
                table.problem(name, "is not a name for a formula; accepted: letters, digits and _, a letter first");
            } else if (!place.matches() || !ItemId.isValid(place.group(1)) || !ItemId.isValid(place.group(2))) {
                table.problem(name, "is not a sensor and its quantity; accepted: one like room.temperature");
            } else {
                inputs.put(name, new Input(new ItemId(place.group(1)), place.group(2)));
            }
        }
        if (table.keys().isEmpty()) {
            settings.problem("inputs", "is required: inputs { a = room.temperature }, and a stands in the formula");
        }
        return inputs;
    }

    private static Expression expression(ConfigTable settings, String text, Map<String, Input> inputs) {
        var ones = new TreeMap<String, Double>();
        inputs.keySet().forEach(name -> ones.put(name, 1.0));
        try {
            return Expression.of(text, ones);
        } catch (IllegalArgumentException wrong) {
            if (!text.isEmpty()) {
                settings.problem("formula", "cannot be computed: " + wrong.getMessage() + "; inputs: " + ones.keySet());
            }
            return Expression.of("0", Map.of());
        }
    }

    private record Computing(
            Expression expression, Map<String, Input> inputs, Duration maxAge, Quantity quantity, Hardware hardware)
            implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException {
            var values = new TreeMap<String, Double>();
            for (var each : inputs.entrySet()) {
                values.put(each.getKey(), value(each.getValue()));
            }
            var value = expression.value(values);
            if (value.isEmpty()) {
                throw new NoValueException("the formula has no value for " + values);
            }
            return List.of(Measurement.of(quantity, value.getAsDouble()));
        }

        private double value(Input input) throws SensorException {
            var latest = hardware.latest(input.sensor(), input.quantity());
            if (latest.isEmpty()) {
                throw new NoValueException("there is no value of " + input + " yet, or it is offline");
            }
            if (latest.get().age().compareTo(maxAge) > 0) {
                throw new NoValueException(
                        input + " is " + latest.get().age().toSeconds() + " s old; max-age says how old it may be");
            }
            return latest.get().value();
        }
    }
}
