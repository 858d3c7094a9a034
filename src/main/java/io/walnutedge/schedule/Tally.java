package io.walnutedge.schedule;

/**
 * What a sensor has counted since the start. Immutable; any thread.
 *
 * @param tries begun
 * @param missed ticks whose turn came too late
 * @param errors tries without a trustworthy value
 */
record Tally(long tries, long missed, long errors) {
    static final Tally NONE = new Tally(0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(tries + other.tries, missed + other.missed, errors + other.errors);
    }
}
