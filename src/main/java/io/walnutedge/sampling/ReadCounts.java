package io.walnutedge.sampling;

/**
 * What a sensor has counted since the start. Immutable; any thread.
 *
 * @param tries begun
 * @param missed ticks whose turn came too late
 * @param errors tries without a trustworthy value
 */
record ReadCounts(long tries, long missed, long errors) {
    static final ReadCounts NONE = new ReadCounts(0, 0, 0);

    ReadCounts plus(ReadCounts other) {
        return new ReadCounts(tries + other.tries, missed + other.missed, errors + other.errors);
    }
}
