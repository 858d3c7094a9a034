package io.walnutedge.sensor.text;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Channels;
import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.SensorException;
import java.util.List;
import java.util.Optional;

/**
 * Which quantities are where in a text. Immutable; any thread.
 *
 * @param pattern without one, the text is one number with an optional unit
 * @param items at least one
 */
public record TextValues(Optional<PatternText> pattern, List<Item> items) {
    public TextValues {
        items = List.copyOf(items);
    }

    /**
     * A quantity.
     *
     * @param group of the pattern; empty where it is the only quantity
     */
    record Item(String group, Quantity quantity) {}

    public List<Quantity> quantities() {
        return items.stream().map(Item::quantity).toList();
    }

    /**
     * The measurements in a text, also without a value where a group took no part or is no number; empty where the pattern
     * matches nothing.
     *
     * @param where the text is from, for the error
     * @throws SensorException if none of what is there is a number
     */
    public List<Measurement> find(String text, String where) throws SensorException, InterruptedException {
        var only = items.get(0);
        if (pattern.isEmpty()) {
            return List.of(Measurement.of(only.quantity, NumberText.only(text, where)));
        }
        if (only.group.isEmpty()) {
            var picked = pattern.get().find(text, where);
            return picked.isEmpty() ? List.of() : List.of(measured(only, picked.get(), where));
        }
        var groups = items.stream().map(Item::group).toList();
        var picked = pattern.get().find(groups, text, where);
        if (picked.isEmpty() || picked.get().isEmpty()) {
            return List.of();
        }
        return Channels.measure(items, Item::quantity, item -> {
            var number = picked.get().get(item.group);
            if (number == null) {
                throw new NoValueException(where + " has no " + item.group + " this time");
            }
            return measured(item, number, where);
        });
    }

    private static Measurement measured(Item item, String number, String where) throws SensorException {
        return Measurement.of(item.quantity, NumberText.whole(number.strip(), where));
    }
}
