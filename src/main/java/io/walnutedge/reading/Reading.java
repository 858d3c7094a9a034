package io.walnutedge.reading;

/**
 * One published value: which sensor, which quantity, what (calibrated, in the configured unit) and when. Immutable;
 * any thread.
 *
 * @param quantity the {@link Quantity#name}
 */
public record Reading(ItemId sensor, String quantity, Value value, Stamp stamp) {}
