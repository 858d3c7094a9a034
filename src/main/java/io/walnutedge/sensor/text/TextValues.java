package io.walnutedge.sensor.text;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorException;
import java.util.ArrayList;
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
     * The measurements in a text; empty where the pattern matches nothing.
     *
     * @param where the text is from, for the error
     * @throws SensorException if what is there is no number
     */
    public List<Measurement> find(String text, String where) throws SensorException {
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
        var found = new ArrayList<Measurement>();
        for (var item : items) {
            var number = picked.map(all -> all.get(item.group));
            if (number.isPresent()) {
                found.add(measured(item, number.get(), where));
            }
        }
        return found;
    }

    private static Measurement measured(Item item, String number, String where) throws SensorException {
        return Measurement.of(item.quantity, NumberText.whole(number.strip(), where));
    }
}
