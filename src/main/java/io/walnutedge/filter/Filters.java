package io.walnutedge.filter;

import io.walnutedge.config.Settings;
import io.walnutedge.state.StateFile;
import java.time.Duration;
import java.util.List;

/** The key {@code filters} of one measurement, as the configuration has it. Immutable; any thread. */
public final class Filters {
    private final List<FilterMaker> makers;
    private final String unit;
    private final boolean kept;

    Filters(List<FilterMaker> makers, String unit, boolean kept) {
        this.makers = List.copyOf(makers);
        this.unit = unit;
        this.kept = kept;
    }

    /** Values pass as they are. */
    public static Filters none(String unit) {
        return new Filters(List.of(), unit, false);
    }

    /** The mean of the values of the last while. */
    public static Filters mean(String unit, Duration over) {
        return new Filters(List.of(around -> new LastTime(LastTime.Kind.AVERAGE, over)), unit, false);
    }

    /** @param unit of the values that go in */
    public static Filters read(Settings settings, String unit) {
        return new FilterReader(unit).read(settings);
    }

    /** Of the values that come out. */
    public String unit() {
        return unit;
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
