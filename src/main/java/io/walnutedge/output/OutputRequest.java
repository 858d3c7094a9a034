package io.walnutedge.output;

import java.time.Duration;

/**
 * A level that somebody wants an output to have.
 *
 * @param hold afterwards it goes to the opposite state; zero: it stays
 * @param fade time to get there
 * @param urgent whether it is for safety, so that being switched off need not wait for {@code min-on}
 */
record OutputRequest(double level, String cause, Duration hold, Duration fade, boolean urgent) {
    static OutputRequest safe(boolean on, String cause) {
        return new OutputRequest(on ? 1 : 0, cause, Duration.ZERO, Duration.ZERO, true);
    }

    static OutputRequest later(double level, String cause) {
        return new OutputRequest(level, cause, Duration.ZERO, Duration.ZERO, false);
    }

    boolean on() {
        return level > 0;
    }
}
