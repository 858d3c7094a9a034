package io.walnutedge.config;

/** What is published of readings that waited while the broker was away. */
public enum Replay {
    /** Each of them. */
    ALL,
    /** The newest only, and that only while there is no newer one. */
    LATEST,
    /** None of them. */
    NONE
}
