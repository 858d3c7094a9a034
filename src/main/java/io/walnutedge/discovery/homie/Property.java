package io.walnutedge.discovery.homie;

import io.walnutedge.json.JsonWriter;
import io.walnutedge.reading.Value;
import io.walnutedge.reading.ValueRange;
import java.util.Locale;
import java.util.Optional;

/**
 * A value of a node. Immutable; any thread.
 *
 * @param name for people
 * @param format of an enum its values, of a number its limits; empty where the convention's default will do
 * @param unit empty where there is none
 * @param decimals of a number
 * @param retained false for what only happens
 */
record Property(
        String name, Datatype datatype, String format, String unit, int decimals, boolean settable, boolean retained) {
    /** An empty payload would delete the topic; this stands for an empty text (convention, "Empty string values"). */
    private static final String EMPTY_TEXT = "\0";
    /** Integers of the convention have 64 bits with a sign. */
    private static final double INTEGERS = 0x1p63;

    /** Those that are used of the convention's. */
    enum Datatype {
        BOOLEAN,
        ENUM,
        FLOAT,
        INTEGER,
        STRING
    }

    static Property text(String name) {
        return new Property(name, Datatype.STRING, "", "", 0, false, true);
    }

    static Property number(String name, String unit, int decimals) {
        return new Property(name, decimals == 0 ? Datatype.INTEGER : Datatype.FLOAT, "", unit, decimals, false, true);
    }

    static Property flag(String name, boolean settable) {
        return new Property(name, Datatype.BOOLEAN, "", "", 0, settable, true);
    }

    static Property level(String name, ValueRange range, boolean settable) {
        var limits = range.min() + ":" + range.max();
        return new Property(name, Datatype.FLOAT, limits, range.unit(), 0, settable, true);
    }

    static Property event(String name, String words) {
        return new Property(name, Datatype.ENUM, words, "", 0, false, false);
    }

    /** As a payload; empty where the datatype has no place for it. */
    Optional<String> payload(Value value) {
        var text = value.format(decimals);
        if (datatype == Datatype.STRING) {
            return Optional.of(text.isEmpty() ? EMPTY_TEXT : text);
        }
        if (!(value instanceof Value.Numeric numeric)) {
            return Optional.empty();
        }
        var fits = datatype == Datatype.FLOAT || Math.abs(numeric.number()) < INTEGERS;
        return fits ? Optional.of(text) : Optional.empty();
    }

    /** What is not said is the convention's default: not settable, retained. */
    JsonWriter json() {
        var json = new JsonWriter()
                .put("name", name)
                .put("datatype", datatype.name().toLowerCase(Locale.ROOT));
        if (!format.isEmpty()) {
            json.put("format", format);
        }
        if (!unit.isEmpty()) {
            json.put("unit", unit);
        }
        if (settable) {
            json.put("settable", true);
        }
        if (!retained) {
            json.put("retained", false);
        }
        return json;
    }
}
