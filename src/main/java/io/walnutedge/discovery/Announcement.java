package io.walnutedge.discovery;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A message by which Home Assistant gets to know something, published with the retain flag. Immutable; any thread.
 *
 * @param components what it tells of: components such as {@code sensor} by their object ids
 */
public record Announcement(String topic, String payload, Map<String, String> components) {
    public Announcement {
        components = Map.copyOf(new TreeMap<>(components));
    }

    byte[] bytes() {
        return payload.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes of topic and payload. */
    int size() {
        return size(topic, payload);
    }

    static int size(String topic, String payload) {
        return topic.getBytes(StandardCharsets.UTF_8).length + payload.getBytes(StandardCharsets.UTF_8).length;
    }
}
