package io.walnutedge.discovery.homie;

import io.walnutedge.json.JsonException;
import io.walnutedge.json.JsonReader;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The topics of one device: {@code <domain>/5/<device>/...}. Immutable; any thread.
 *
 * @param base without a slash at its end
 */
public record HomieTopics(String base) {
    /** A description has objects in objects to this depth: device, nodes, node, properties, property. */
    private static final int DEPTH = 5;

    private static final String ALERT = "alert";

    public String state() {
        return base + "/$state";
    }

    public String description() {
        return base + "/$description";
    }

    public String alert(String node) {
        return base + "/$alert/" + node;
    }

    public String property(String node, String property) {
        return base + "/" + node + "/" + property;
    }

    public String set(String node, String property) {
        return property(node, property) + "/set";
    }

    /**
     * What the broker may keep for a device that had this description, save for its state and the description: each topic
     * with the datatype of its values. Nothing where it is no description.
     */
    public Map<String, String> ofDescription(String json) {
        var topics = new LinkedHashMap<String, String>();
        members(read(json).get("nodes")).forEach((node, fields) -> {
            topics.put(alert(String.valueOf(node)), ALERT);
            members(members(fields).get("properties"))
                    .forEach((property, its) -> topics.put(
                            property(String.valueOf(node), String.valueOf(property)),
                            String.valueOf(members(its).get("datatype"))));
        });
        return topics;
    }

    /** The version of a description; 0 where it is none. */
    public static long versionOf(String json) {
        return read(json).get("version") instanceof BigDecimal version ? version.longValue() : 0;
    }

    /** Empty where it is no description. */
    private static Map<String, @Nullable Object> read(String json) {
        try {
            return JsonReader.object(json, DEPTH);
        } catch (JsonException none) {
            return Map.of();
        }
    }

    private static Map<?, ?> members(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
