package io.walnutedge.output;

import io.walnutedge.config.OutputConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * An output's settings as {@link OutputModel} reckons with them, in nanoseconds; {@link OutputModel#NEVER} where there is
 * no limit, and zero where there is no guard.
 */
record Rules(
        String name,
        long minOn,
        long minOff,
        long maxOn,
        long linkLoss,
        long controller,
        Optional<String> group,
        long dead,
        double onLevel,
        double safe,
        OutputConfig.OnStop onStop) {

    static Rules of(OutputConfig config) {
        var timing = config.timing();
        var lock = config.interlock();
        var onLevel = config.dimming().onLevel();
        return new Rules(
                config.id().value(),
                timing.minOn().toNanos(),
                timing.minOff().toNanos(),
                limit(Optional.of(timing.maxOn()).filter(most -> !most.isZero())),
                limit(config.watch().linkLossAfter()),
                limit(config.watch().controller().map(OutputConfig.Controller::timeout)),
                lock.map(OutputConfig.Interlock::group),
                lock.map(OutputConfig.Interlock::deadTime).orElse(Duration.ZERO).toNanos(),
                onLevel,
                config.safeOn() ? onLevel : 0,
                config.onStop());
    }

    private static long limit(Optional<Duration> time) {
        return time.map(Duration::toNanos).orElse(OutputModel.NEVER);
    }
}
