package io.walnutedge.watch;

import io.walnutedge.json.JsonException;
import io.walnutedge.json.JsonReader;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** A field of a JSON payload of ours. Stateless; any thread. */
enum JsonValue {
    /** Of a reading. */
    VALUE,
    /** Of an output. */
    STATE,
    /** Of the daemon's health, in seconds. */
    UPTIME;

    /** Objects inside each other: those of the daemon's health are the deepest. */
    private static final int MAX_DEPTH = 8;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** The field's value; the payload itself where it is no object that has one. */
    String of(String payload) {
        try {
            var value = JsonReader.object(payload, MAX_DEPTH).get(key);
            return value == null || value instanceof Map<?, ?> || value instanceof Collection<?>
                    ? payload
                    : value.toString();
        } catch (JsonException alien) {
            // somebody else publishes there: it is shown as it came
            return payload;
        }
    }
}
