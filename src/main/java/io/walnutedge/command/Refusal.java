package io.walnutedge.command;

import java.util.Locale;

/** Why a command is refused, for programs; sentences are for people. */
public enum Refusal {
    /** It cannot be understood. */
    BAD_COMMAND,
    TOO_LARGE,
    UNKNOWN_OUTPUT,
    UNKNOWN_SENSOR,
    /** It was kept by the broker. */
    RETAINED,
    /** Its {@code ttl} has passed, or its time is no time it could have. */
    STALE,
    /** Its age cannot be known. */
    CLOCK_NOT_SET,
    /** Its id was obeyed before. */
    REPEATED,
    /** The configuration does not take it from there. */
    NOT_ALLOWED,
    RATE_LIMIT,
    BUSY,
    UNAVAILABLE,
    INTERLOCK,
    STOPPING,
    /** The daemon's own. */
    FAULT;

    /** As in answers: {@code bad-command}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
