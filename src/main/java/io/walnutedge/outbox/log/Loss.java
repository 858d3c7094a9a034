package io.walnutedge.outbox.log;

/** Why items are lost. */
public enum Loss {
    /** There was no room: the oldest were dropped. */
    FULL,
    /** They waited longer than they may. */
    TOO_OLD,
    /** Somebody has removed the files that they were in. */
    FILES_GONE,
    /** Their measurement has left the configuration. */
    NOT_CONFIGURED,
    /** What was stored is no reading. */
    UNREADABLE,
    /** A message of their size ends connections. */
    TOO_LARGE
}
