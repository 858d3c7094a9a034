package io.walnutedge.input;

/** What an input is watched for: hears of its level while that is known. The loop's thread only. */
interface Use {
    /** The level is known, for the first time or again. */
    void opened(boolean on);

    /** A level other than the last has held for the time of debouncing. */
    void changed(boolean on);

    /**
     * True where each edge counts and nothing is debounced: then {@link #edges} and {@link #level} are called in place of
     * {@link #changed}.
     */
    boolean wantsEdges();

    /**
     * The line has told edges.
     *
     * @param count at least so many; edges in quick succession may have been told as one
     */
    void edges(long count);

    /** The level when all edges have been told. */
    void level(boolean on);

    /** Tells the state again. */
    void announce(boolean on);

    /** The level is unknown from now on, or of no interest any more: nothing is told until {@link #opened}. */
    void lost();
}
