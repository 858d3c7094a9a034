package io.walnutedge.outbox;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The bounds of an outbox. Immutable; any thread.
 *
 * @param directory of the store
 * @param maxBytes of the store, at least two segments
 * @param maxAge what waited longer is dropped
 * @param commitEvery an item that is not delivered by then is written to the store
 * @param syncEvery what is written is on stable storage by then
 * @param memory items kept in memory while the store takes none, at least 1
 */
public record OutboxSettings(
        Path directory, long maxBytes, Duration maxAge, Duration commitEvery, Duration syncEvery, int memory) {}
