package io.walnutedge.filter;

import java.util.OptionalDouble;

/**
 * Drops values that cannot be true. What jumps further than allowed from the last accepted value is dropped, too, until
 * several of them in a row agree with each other: then that is the new level. One thread at a time.
 */
final class Reject implements Window.Past {
    private final double below;
    private final double above;
    private final double jump;
    private final int after;

    private boolean known;
    private double accepted;
    private double candidate;
    private int agreeing;

    /**
     * @param jump the largest change between two accepted values; infinite where any will do
     * @param after so many jumps in a row that agree, the last of which is accepted
     */
    Reject(double below, double above, double jump, int after) {
        this.below = below;
        this.above = above;
        this.jump = jump;
        this.after = after;
    }

    @Override
    public OptionalDouble apply(double value, long nanos) {
        if (value < below || value > above || (isJump(value) && !isNewLevel(value))) {
            return OptionalDouble.empty();
        }
        known = true;
        accepted = value;
        agreeing = 0;
        return OptionalDouble.of(value);
    }

    @Override
    public void forget() {
        known = false;
        agreeing = 0;
    }

    private boolean isJump(double value) {
        return known && Math.abs(value - accepted) > jump;
    }

    private boolean isNewLevel(double value) {
        agreeing = agreeing > 0 && Math.abs(value - candidate) <= jump ? agreeing + 1 : 1;
        candidate = value;
        return agreeing >= after;
    }
}
