package io.walnutedge.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.Problems;
import io.walnutedge.state.StateFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Filters out of a configuration, and samples of one a second. */
final class FilterRig {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private StateFile state = new StateFile(Path.of("never", "started"));
    private Duration every = EVERY;
    private FilterChain chain = new FilterChain(List.of());
    private long nanos;

    FilterRig with(String filters) {
        chain = start(read("filters = [ " + filters + " ]"));
        return this;
    }

    FilterRig keptIn(StateFile file) {
        state = file;
        return this;
    }

    FilterRig every(Duration interval) {
        every = interval;
        return this;
    }

    Filters read(String hocon) {
        var problems = new Problems();
        var filters = Filters.read(settings(hocon, problems), "W");
        assertThat(problems.list()).isEmpty();
        return filters;
    }

    static ConfigTable settings(String hocon, Problems problems) {
        return ConfigFile.parse(hocon, problems);
    }

    FilterChain start(Filters filters) {
        return filters.start(every, state, "sensors.room.power");
    }

    void pause(long seconds) {
        pauseMillis(1000 * seconds);
    }

    void pauseMillis(long millis) {
        nanos += Duration.ofMillis(millis).toNanos();
    }

    /** Null where nothing is to be published. */
    List<@Nullable Double> apply(double... values) {
        var results = new ArrayList<@Nullable Double>();
        for (var value : values) {
            var result = at(nanos, value);
            results.add(result.isPresent() ? result.getAsDouble() : null);
            nanos += every.toNanos();
        }
        return results;
    }

    OptionalDouble at(long time, double value) {
        return chain.apply(value, time);
    }
}
