package io.walnutedge.sensor.declared;

import static io.walnutedge.sensor.declared.FieldReader.MOST;

import io.walnutedge.hocon.ConfigTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a raw number means: a line, a polynomial, a table or a curve. One thread. */
final class ScaleReader {
    private static final int MAX_ENTRIES = 256;
    private static final int MAX_COEFFICIENTS = 8;

    private final ConfigTable settings;

    ScaleReader(ConfigTable settings) {
        this.settings = settings;
    }

    Scale scale() {
        var isLinear =
                Stream.of("factor", "divisor", "offset").filter(settings::has).count() > 0;
        var isPolynomial = settings.has("polynomial");
        var isLookup = settings.has("lookup");
        if (Stream.of(isLinear, isPolynomial, isLookup).filter(there -> there).count() > 1) {
            settings.problem("factor, divisor and offset, or polynomial, or lookup: only one of these ways at a time");
        }
        return isLookup ? lookup() : isPolynomial ? polynomial() : linear();
    }

    private Scale linear() {
        var factor = settings.number("factor", 1, -MOST, MOST);
        var divisor = settings.number("divisor", 1, -MOST, MOST);
        if (factor == 0 || divisor == 0) {
            settings.problem(factor == 0 ? "factor" : "divisor", "is 0");
        }
        return new Scale.Linear(factor, divisor, settings.number("offset", 0, -MOST, MOST));
    }

    private Scale polynomial() {
        var list = settings.list("polynomial");
        var coefficients = list.map(ScaleReader::numbers).orElse(List.of());
        if (list.isPresent() && (coefficients.isEmpty() || coefficients.size() > MAX_COEFFICIENTS)) {
            settings.problem("polynomial", coefficients.size() + " coefficients; accepted: 1 to " + MAX_COEFFICIENTS);
        }
        return new Scale.Polynomial(coefficients);
    }

    private static List<Double> numbers(ConfigTable list) {
        return list.keys().stream()
                .map(item -> list.number(item, 0, -MOST, MOST))
                .toList();
    }

    private Scale lookup() {
        return settings.hasList("lookup") ? curve() : table();
    }

    private Scale table() {
        var values = new HashMap<Long, Double>();
        settings.section("lookup").ifPresent(table -> {
            limit(table.keys().size(), 1);
            for (var key : table.keys()) {
                var value = table.number(key, 0, -MOST, MOST);
                raw(table, key)
                        .filter(raw -> values.put(raw, value) != null)
                        .ifPresent(raw -> table.problem(key, "the raw value " + raw + " is there twice"));
            }
        });
        return new Scale.Table(Map.copyOf(values));
    }

    private static Optional<Long> raw(ConfigTable table, String key) {
        try {
            return Optional.of(Long.decode(key));
        } catch (NumberFormatException noNumber) {
            table.problem(key, "'" + key + "' is no raw value; accepted: whole numbers, as \"3\" or \"0x03\"");
            return Optional.empty();
        }
    }

    private Scale curve() {
        var points = new ArrayList<Scale.Point>();
        settings.list("lookup").ifPresent(list -> {
            limit(list.keys().size(), 2);
            for (var item : list.keys()) {
                list.list(item).ifPresent(pair -> {
                    var ends = numbers(pair);
                    if (ends.size() == 2) {
                        points.add(new Scale.Point(ends.get(0), ends.get(1)));
                    } else {
                        list.problem(item, "is not two numbers, as in [raw, value]");
                    }
                });
            }
        });
        for (var i = 1; i < points.size(); i++) {
            if (points.get(i).raw() <= points.get(i - 1).raw()) {
                settings.problem("lookup", "its raw values do not rise from point to point");
            }
        }
        return new Scale.Curve(List.copyOf(points));
    }

    private void limit(int size, int least) {
        if (size < least || size > MAX_ENTRIES) {
            settings.problem("lookup", size + " entries; accepted: " + least + " to " + MAX_ENTRIES);
        }
    }
}
