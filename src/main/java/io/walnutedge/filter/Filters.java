package io.walnutedge.filter;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.state.StateFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The key {@code filters} of one measurement, as the configuration has it. Immutable; any thread. */
public final class Filters {
    private static final Optional<Duration> NONE = Optional.of(Duration.ZERO);

    private final List<FilterMaker> makers;
    private final String unit;
    private final boolean kept;
    private final Optional<Duration> pause;
    private final long bytes;

    /**
     * @param pause for so long they may hold values back; empty for ever
     * @param bytes of their windows
     */
    Filters(List<FilterMaker> makers, String unit, boolean kept, Optional<Duration> pause, long bytes) {
        this.makers = List.copyOf(makers);
        this.unit = unit;
        this.kept = kept;
        this.pause = pause;
        this.bytes = bytes;
    }

    /** Values pass as they are. */
    public static Filters none(String unit) {
        return new Filters(List.of(), unit, false, NONE, 0);
    }

    /** The mean of the values of the last while. */
    public static Filters mean(String unit, Duration over) {
        return new Filters(
                List.of(around ->
                        new Window(new TimeWindow(TimeWindow.Kind.AVERAGE, over), Optional.empty(), around.every())),
                unit,
                false,
                NONE,
                TimeWindow.BYTES);
    }

    /** @param unit of the values that go in */
    public static Filters read(ConfigTable settings, String unit) {
        return new FilterReader(unit).read(settings);
    }

    /** Of the values that come out. */
    public String unit() {
        return unit;
    }

    /** The longest time for which they hold back values that are good; empty where there is no limit to it. */
    public Optional<Duration> longestPause() {
        return pause;
    }

    /** What their windows take in memory, at most. */
    public long bytes() {
        return bytes;
    }

    /** Whether something of them outlives a restart. */
    public boolean isKept() {
        return kept;
    }

    /**
     * Filters without a past, save for their totals.
     *
     * @param every between two samples
     * @param key of this measurement in the state
     */
    public FilterChain start(Duration every, StateFile state, String key) {
        var around = new FilterMaker.Surroundings(every, state, key);
        return new FilterChain(makers.stream().map(maker -> maker.make(around)).toList());
    }
}
