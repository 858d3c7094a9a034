package io.walnutedge.fault;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A message as the collector got it.
 *
 * @param nanos when, by the monotonic clock
 * @param retained the broker had kept it
 * @param again the broker hands it to the collector once more, for it does not know that the collector has it
 */
record Arrival(long nanos, String topic, String payload, boolean retained, boolean again) {
    /** {@code <prefix>/<device>/<sensor>/count}; read apart from the daemon's own code. */
    private static final Pattern TOPIC = Pattern.compile(".*/([^/]+)/" + OracleDriver.QUANTITY);

    private static final Pattern PAYLOAD = Pattern.compile("\\{\"value\":(\\d+),\"time\":\"([^\"]+)\",\"seq\":(\\d+),"
            + "\"quality\":\"good\"(,\"historical\":true)?(,\"synced\":false,\"uptime\":[0-9.]+)?}");

    /** A reading in it. */
    record Reading(String sensor, long value, Instant time, long seq, boolean historical) {}

    boolean isReading() {
        return TOPIC.matcher(topic).matches();
    }

    /** Empty where it is something else, or damaged. */
    Optional<Reading> reading() {
        var named = TOPIC.matcher(topic);
        var parts = PAYLOAD.matcher(payload);
        if (!named.matches() || !parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Reading(
                named.group(1),
                Long.parseLong(parts.group(1)),
                Instant.parse(parts.group(2)),
                Long.parseLong(parts.group(3)),
                parts.group(4) != null));
    }
}
