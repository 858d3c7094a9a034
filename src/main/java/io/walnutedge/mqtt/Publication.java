package io.walnutedge.mqtt;

/**
 * A message to publish. Immutable as long as nobody writes to the payload; any thread.
 *
 * @param topic without wildcards
 * @param qos 0 or 1
 */
@SuppressWarnings("ArrayRecordComponent")
public record Publication(String topic, byte[] payload, int qos, boolean retain) {}
