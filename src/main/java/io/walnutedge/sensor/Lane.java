package io.walnutedge.sensor;

import java.time.Duration;
import java.util.Optional;

/**
 * The threads that read a source; sources whose lanes have one name share them. Immutable; any thread.
 *
 * @param name of the thread, or of the pool whose threads are numbered
 * @param rank lanes are listed in its order
 * @param hangLimit after which a read hangs, and the source is offline
 * @param held what a read that hangs holds for all of the lane, so that one thread reads them one after another and is not
 *     replaced; empty for a pool, in which another thread goes on
 */
public record Lane(String name, int rank, Duration hangLimit, Optional<String> held) {
    /**
     * Files, and all that holds up nothing else. A sysfs attribute is read in microseconds, a DS18B20 in 750 ms (its
     * datasheet, table 1: 12 bits), and those on one wire wait for each other: 10 s are enough for thirteen.
     */
    public static final Lane FILES = new Lane("file", Integer.MAX_VALUE, Duration.ofSeconds(10), Optional.empty());

    /** Of one thread. */
    public static Lane ofOne(String name, int rank, Duration hangLimit, String held) {
        return new Lane(name, rank, hangLimit, Optional.of(held));
    }
}
