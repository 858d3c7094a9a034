package io.walnutedge.health;

import io.walnutedge.health.Condition.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of the figures should worry whoever looks after the board, each told when it begins and when it is over, with one
 * line of the log. One thread.
 */
public final class Alerts {
    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    /** Where a board without a clock of its own reaches a time server, it has the time within minutes. */
    private static final Duration CLOCK_LATE = Duration.ofMinutes(10);

    private static final Duration CLOCK_STEADY = Duration.ofMinutes(1);
    /** Ticks are judged by what became of them in this time. */
    static final Duration WINDOW = Duration.ofMinutes(5);
    /** The start, when all is slow, says nothing about a bus. */
    private static final Duration ENOUGH = WINDOW.dividedBy(10).multipliedBy(9);
    /** A few are missed whenever a sensor comes back. */
    private static final long FEW_TICKS = 10;

    private static final double MISSED_GOOD = 0.05;
    private static final double MISSED_BAD = 0.10;
    private static final double QUEUE_GOOD = 0.6;
    private static final double QUEUE_BAD = 0.8;
    private static final Duration DROPPED_NONE = Duration.ofMinutes(10);
    private static final double MEMORY_GOOD = 0.75;
    private static final double MEMORY_BAD = 0.85;
    /** A peak is no trouble. */
    private static final Duration MEMORY_LONG = Duration.ofMinutes(1);

    private static final Duration MEMORY_EASY = Duration.ofMinutes(5);

    /** The alert of the store, whose topic is that of alerts itself. */
    public static final String OUTBOX = "outbox";

    /** What an alert is about. */
    public enum What {
        /** The clock is not synchronized for long. */
        CLOCK,
        /** Many ticks are missed on a bus. */
        TICKS,
        /** The outbox is nearly full. */
        QUEUE,
        /** Readings were dropped. */
        DROPPED,
        /** Memory is near its limit. */
        MEMORY,
        /** A command has made a sensor so slow that it looks dead. */
        INTERVAL;

        /** As in topics: {@code clock}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Is told of each change, and of each alert in the beginning; must only enqueue. */
    @FunctionalInterface
    public interface Listener {
        /** @param why a sentence; empty: it is over */
        void alert(What what, String why);
    }

    private record Ticks(long nanos, Map<String, Figures.Bus> buses) {}

    private final Listener listener;
    private final Condition clock = new Condition(CLOCK_LATE, CLOCK_STEADY);
    private final Condition queue = new Condition(Duration.ZERO, Duration.ZERO);
    private final Condition dropped = new Condition(Duration.ZERO, DROPPED_NONE);
    private final Condition memory = new Condition(MEMORY_LONG, MEMORY_EASY);
    private final Map<String, Condition> lanes = new HashMap<>();
    private final Deque<Ticks> ticks = new ArrayDeque<>();
    private String slowed = "";
    private long droppedBefore;

    public Alerts(Listener listener) {
        this.listener = listener;
    }

    /** Nothing is known to be wrong: what an earlier run has told is over. */
    public void begin() {
        for (var what : What.values()) {
            listener.alert(what, "");
        }
    }

    /** Judges the figures of now. */
    public void look(long nowNanos, Figures figures) {
        clock(nowNanos, figures.synced());
        ticks(nowNanos, figures.buses());
        queue(nowNanos, figures.queue());
        memory(nowNanos, figures.memory());
    }

    private void clock(long now, boolean synced) {
        if (clock.look(now, synced ? Level.GOOD : Level.BAD)) {
            change(
                    What.CLOCK,
                    clock.isWrong()
                            ? "the clock has not been synchronized for " + CLOCK_LATE.toMinutes()
                                    + " min; timedatectl tells more"
                            : "");
        }
    }

    private void ticks(long now, Map<String, Figures.Bus> buses) {
        ticks.addLast(new Ticks(now, buses));
        while (now - ticks.getFirst().nanos() > WINDOW.toNanos()) {
            ticks.removeFirst();
        }
        if (now - ticks.getFirst().nanos() < ENOUGH.toNanos()) {
            return;
        }
        var before = ticks.getFirst().buses();
        var changed = false;
        var why = new ArrayList<String>();
        for (var bus : buses.entrySet()) {
            var name = bus.getKey();
            var was = before.getOrDefault(name, new Figures.Bus(0, 0, 0));
            var missed = bus.getValue().missed() - was.missed();
            var all = missed + bus.getValue().tries() - was.tries();
            var share = missed < FEW_TICKS ? 0 : (double) missed / all;
            var condition = lanes.computeIfAbsent(name, none -> new Condition(Duration.ZERO, Duration.ZERO));
            changed |= condition.look(now, Level.of(share, MISSED_GOOD, MISSED_BAD));
            if (condition.isWrong()) {
                why.add(name + " missed " + missed + " of " + all + " ticks in " + WINDOW.toMinutes() + " min");
            }
        }
        if (changed) {
            change(What.TICKS, String.join("; ", why));
        }
    }

    private void queue(long now, Figures.Queue figures) {
        if (queue.look(now, Level.of(figures.fill(), QUEUE_GOOD, QUEUE_BAD))) {
            change(
                    What.QUEUE,
                    queue.isWrong()
                            ? "the outbox is " + Math.round(figures.fill() * 100)
                                    + " % full; when it is full the oldest readings are dropped"
                            : "");
        }
        var lost = figures.dropped() + figures.unpublishable();
        var more = lost > droppedBefore;
        droppedBefore = lost;
        if (dropped.look(now, more ? Level.BAD : Level.GOOD)) {
            change(
                    What.DROPPED,
                    dropped.isWrong()
                            ? "readings were lost for want of room, because of their age, with files that were"
                                    + " removed, or because they cannot be published any more; the log tells which"
                            : "");
        }
    }

    private void memory(long now, Figures.Memory figures) {
        var why = new ArrayList<String>();
        var level = near(why, "resident memory", figures.resident(), figures.limit())
                .or(near(why, "the heap", figures.live(), figures.liveLimit()));
        if (memory.look(now, level)) {
            change(What.MEMORY, memory.isWrong() ? String.join("; ", why) : "");
        }
    }

    /** @param why the sensors, in words; empty where there are none */
    public void slowed(String why) {
        if (!why.equals(slowed)) {
            slowed = why;
            change(What.INTERVAL, why);
        }
    }

    private static Level near(List<String> why, String what, Optional<Long> used, Optional<Long> limit) {
        if (used.isEmpty() || limit.isEmpty()) {
            return Level.GOOD;
        }
        var level = Level.of((double) used.get() / limit.get(), MEMORY_GOOD, MEMORY_BAD);
        if (level == Level.BAD) {
            why.add(what + " is " + Figures.Memory.mebibytes(used.get()) + " of "
                    + Figures.Memory.mebibytes(limit.get()) + " MiB");
        }
        return level;
    }

    private void change(What what, String why) {
        if (why.isEmpty()) {
            LOG.info("alert {} is over", what);
        } else {
            LOG.warn("alert {}: {}", what, why);
        }
        listener.alert(what, why);
    }
}
