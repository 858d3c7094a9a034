package io.walnutedge.reading;

/** What came of reading one quantity: its value, or why there is none. Immutable; any thread. */
public sealed interface Outcome permits Value, Absence {}
