package io.walnutedge.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Refuses what comes too late, twice or too soon. The loop's thread only.
 *
 * <p>A command with {@code ttl} is refused once {@code time + ttl} has passed, and also while the board's clock is not
 * synchronized, because its age is unknown then: an output that switches late does more harm than a sender that has to
 * ask again. {@code time} alone sets no limit. An id counts as seen once its command was obeyed, so that a
 * command that was refused, or met an output that was unavailable, may be sent again with the same id.
 */
public final class Gatekeeper {
    private static final int REMEMBERED = 256;

    /** How far a sender's clock may be ahead of this one. */
    private static final Duration AHEAD = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final BooleanSupplier synchronised;
    private final LeastGaps gaps;
    private final Set<String> seen = new LinkedHashSet<>();

    /** @param synchronised whether the system clock can be believed */
    public Gatekeeper(InstantSource clock, BooleanSupplier synchronised, LeastGaps gaps) {
        this.clock = clock;
        this.synchronised = synchronised;
        this.gaps = gaps;
    }

    /** Lets a command pass, or throws. */
    void admit(Command command) throws RefusedException {
        if (command.sender().time().isPresent() && command.sender().ttl().isPresent()) {
            requireFresh(command.sender().time().get(), command.sender().ttl().get());
        }
        if (command.sender().id().isPresent()) {
            requireNew(command.sender().id().get());
        }
        gaps.admit(command.request());
    }

    /** The command was obeyed: its id will not pass again, and what is like it not too soon. */
    void obeyed(Command command) {
        gaps.obeyed(command.request());
        command.sender().id().ifPresent(this::remember);
    }

    private void requireFresh(Instant time, Duration ttl) throws RefusedException {
        if (!synchronised.getAsBoolean()) {
            throw new RefusedException(
                    Refusal.CLOCK_NOT_SET,
                    "this board's clock is not synchronized yet, so that the command's age is unknown;"
                            + " wait, or send it without 'ttl'");
        }
        var age = Duration.between(time, clock.instant());
        if (age.compareTo(ttl) > 0) {
            throw new RefusedException(
                    Refusal.STALE, "too late: its time was " + age.toSeconds() + " s ago, and 'ttl' has passed");
        }
        if (age.negated().compareTo(AHEAD) > 0) {
            throw new RefusedException(
                    Refusal.STALE, "its time lies " + age.negated().toSeconds() + " s ahead of this board's clock");
        }
    }

    private void requireNew(String id) throws RefusedException {
        if (seen.contains(id)) {
            throw new RefusedException(Refusal.REPEATED, "duplicate: a command with this id was obeyed before");
        }
    }

    private void remember(String id) {
        seen.add(id);
        if (seen.size() > REMEMBERED) {
            Iterator<String> oldest = seen.iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
