package io.walnutedge.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Outputs of which only one may be on. Who wants to be on switches the others off, and waits until the last of them has
 * been off for the dead time. One whose state is unknown may be on, so that nobody else is switched on then. The loop's
 * thread only.
 */
final class Interlock {
    /** For one that is about to be switched off, 1 ms. */
    private static final long SOON = 1_000_000;

    private final List<Output> members = new ArrayList<>();

    void join(Output output) {
        members.add(output);
    }

    void leave(Output output) {
        members.remove(output);
    }

    Stream<Output> members() {
        return members.stream();
    }

    /** The first other one whose state is unknown. */
    Optional<Output> unknown(Output me) {
        return others(me).stream().filter(other -> !other.isKnown()).findFirst();
    }

    /** No other one is on, or is to be. At the start those count as off whose turn has not come: they will look themselves. */
    boolean isFree(Output me) {
        return !isWanted(me) && others(me).stream().allMatch(other -> other.isKnown() || !other.wasTried());
    }

    /** Whether another one is on, or is to be. */
    boolean isWanted(Output me) {
        return others(me).stream().anyMatch(other -> other.isKnown() && (other.isOn() || other.target() > 0));
    }

    /** Has the others switched off, and what they wait for forgotten. */
    void clear(Output me) {
        others(me).forEach(Output::makeWay);
    }

    /** Nanoseconds until it may be switched on, by the others' time of being off; those that are on still say when they may go off. */
    long wait(Output me, long deadNanos) {
        return others(me).stream()
                .mapToLong(other -> other.isOn()
                        ? Math.max(SOON, other.nanosUntilOff()) + deadNanos
                        : Math.max(0, deadNanos - other.nanosOff()))
                .max()
                .orElse(0);
    }

    private List<Output> others(Output me) {
        return members.stream().filter(member -> member != me).toList();
    }
}
