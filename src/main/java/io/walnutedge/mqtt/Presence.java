package io.walnutedge.mqtt;

import java.nio.charset.StandardCharsets;

/**
 * What a topic says of the connection itself, always retained and with QoS 1. Immutable; any thread.
 *
 * @param arriving said first where it is not empty; {@code present} then waits until every state was sent
 * @param present said while the connection is of use
 * @param leaving said before the connection is ended
 * @param lost said by the broker where it was not (MQTT 3.1.1, 3.1.2.5)
 */
public record Presence(String topic, String arriving, String present, String leaving, String lost) {

    /** {@code online} and {@code offline}. */
    public static Presence online(String topic) {
        return new Presence(topic, "", "online", "offline", "offline");
    }

    boolean arrives() {
        return !arriving.isEmpty();
    }

    Publication will() {
        return says(lost);
    }

    Publication says(String word) {
        return new Publication(topic, word.getBytes(StandardCharsets.US_ASCII), 1, true);
    }
}
