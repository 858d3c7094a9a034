package io.walnutedge.command;

import io.walnutedge.command.Command.Request;
import io.walnutedge.state.StateStore;
import io.walnutedge.text.TimeText;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The least time between two commands of one kind that make work for the whole daemon, or for one sensor. It is the same
 * for whoever sends them, and reloads do not shorten it. The loop's thread only.
 *
 * <p>What counts for a restart outlives it, in the state: else a sender could keep the daemon from ever running. Where
 * nothing is kept ({@code outbox.enabled = false}) there is no such memory.
 */
public final class LeastGaps {
    /** Of a reload: a board reads its configuration in 0.1 to 0.5 s, so that this is at most a tenth of a core. */
    private static final Duration RELOAD = Duration.ofSeconds(5);
    /** Of a restart: a board needs up to 10 s to begin. */
    private static final Duration RESTART = Duration.ofMinutes(1);
    /** Of all else: no person asks more often, and no sensor is hurt by it. */
    private static final Duration OTHERS = Duration.ofSeconds(1);

    private static final String RESTARTED = "commands.restarted";

    private final LongSupplier nanoTime;
    private final StateStore state;
    private final String boot;
    /** When a kind was obeyed last. */
    private final Map<String, Long> latest = new HashMap<>();

    /**
     * @param nanoTime the kernel's monotonic clock, which goes on while the daemon does not run
     * @param boot the kernel's boot id: of another boot no time is known
     */
    public LeastGaps(LongSupplier nanoTime, StateStore state, String boot) {
        this.nanoTime = nanoTime;
        this.state = state;
        this.boot = boot;
    }

    /** Lets a request pass whose time has come, or throws. */
    void admit(Request request) throws RefusedException {
        var kind = kind(request);
        if (kind.isEmpty()) {
            return;
        }
        var then = request instanceof Command.Restart ? restarted() : Optional.ofNullable(latest.get(kind));
        var gap = gap(request);
        var left = then.map(time -> gap.minusNanos(nanoTime.getAsLong() - time)).orElse(Duration.ZERO);
        if (left.compareTo(Duration.ZERO) > 0) {
            throw new RefusedException(
                    Refusal.RATE_LIMIT,
                    "'" + kind + "' is taken once in " + TimeText.of(gap) + "; the next in " + TimeText.ofLeft(left));
        }
    }

    /** It was obeyed. */
    void obeyed(Request request) {
        var kind = kind(request);
        if (request instanceof Command.Restart) {
            state.put(RESTARTED, boot + " " + nanoTime.getAsLong());
        } else if (!kind.isEmpty()) {
            latest.put(kind, nanoTime.getAsLong());
        }
    }

    private Optional<Long> restarted() {
        var words = state.get(RESTARTED).orElse("").split(" ", 2);
        return words.length == 2 && words[0].equals(boot) && words[1].matches("-?[0-9]{1,18}")
                ? Optional.of(Long.parseLong(words[1]))
                : Optional.empty();
    }

    private static Duration gap(Request request) {
        if (request instanceof Command.Restart) {
            return RESTART;
        }
        return request instanceof Command.Reload ? RELOAD : OTHERS;
    }

    /** What is counted together; empty for what has a bound of its own, {@link RateLimit}. */
    private static String kind(Request request) {
        if (request instanceof Command.Read read) {
            return request.word() + " " + read.sensor();
        }
        if (request instanceof Command.Interval interval) {
            return request.word() + " " + interval.sensor();
        }
        return request instanceof Command.Switch || request instanceof Command.Group
                ? ""
                : request.word().toString();
    }
}
