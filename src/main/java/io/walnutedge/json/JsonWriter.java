package io.walnutedge.json;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes one JSON object on one line, keys in the order they were put. One thread. */
public final class JsonWriter {
    private final Map<String, Object> members = new LinkedHashMap<>();

    /** Adds a text. */
    public JsonWriter put(String key, String text) {
        members.put(key, text);
        return this;
    }

    /** Adds a whole number. */
    public JsonWriter put(String key, long number) {
        members.put(key, number);
        return this;
    }

    public JsonWriter put(String key, boolean value) {
        members.put(key, value);
        return this;
    }

    /**
     * Adds a number as it is written for people, such as {@code 21.50}.
     *
     * @throws NumberFormatException if it is none
     */
    public JsonWriter putNumber(String key, String number) {
        members.put(key, new BigDecimal(number));
        return this;
    }

    /** Adds texts as an array. */
    public JsonWriter put(String key, List<String> texts) {
        members.put(key, texts);
        return this;
    }

    /** Adds objects as an array; what is put into them later does not count. */
    public JsonWriter putObjects(String key, List<JsonWriter> objects) {
        members.put(
                key,
                objects.stream()
                        .map(object -> new LinkedHashMap<>(object.members))
                        .toList());
        return this;
    }

    /** Adds an object inside this one; what is put into it later counts too. */
    public JsonWriter put(String key, JsonWriter object) {
        members.put(key, object.members);
        return this;
    }

    /** A text as JSON writes it, with its quotes. */
    public static String quoted(String text) {
        return com.grack.nanojson.JsonWriter.string(text);
    }

    /** The object written so far. */
    @Override
    public String toString() {
        return com.grack.nanojson.JsonWriter.string(members);
    }
}
