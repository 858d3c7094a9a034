package io.walnutedge.logging;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Keeps what lasts, good or bad, from filling the log. A line that is new is told at once. One that is said again is counted,
 * and told with its count after a pause that grows to an hour; all repetitions together are at most {@link #MOST} in any hour,
 * and what is too much for that is summed up in one line. Any thread; the lock is held for a look into a table.
 */
final class Repeats {
    /** Half of the 20 lines an hour that the log may have when nothing happens: the rest is for what is new. */
    static final int MOST = 10;

    private static final long HOUR = Duration.ofHours(1).toNanos();
    /** A line that was not said for so long is new again. */
    private static final long FORGOTTEN = Duration.ofDays(1).toNanos();
    /** Lines that are remembered, and so the most that are new in a day. */
    private static final int MOST_LINES = 512;

    /** A line that is told again. */
    record Told(Level level, String text) {}

    /** So many different lines about one thing are new, and one more each hour: a failing file may hold other garbage each time. */
    private static final class Novelty {
        private static final int MOST_NEW = 6;

        private int left = MOST_NEW;
        private long at;

        Novelty(long now) {
            at = now;
        }

        boolean take(long now) {
            var hours = (now - at) / HOUR;
            at += hours * HOUR;
            left = (int) Math.min(MOST_NEW, left + hours);
            var taken = left > 0;
            left -= taken ? 1 : 0;
            return taken;
        }

        boolean isFresh(long now) {
            return (now - at) / HOUR + left >= MOST_NEW;
        }
    }

    private final LongSupplier nanoTime;
    private final Map<String, RepeatedLine> lines = new LinkedHashMap<>();
    private final Map<String, Novelty> subjects = new HashMap<>();
    /** When repetitions were told, the oldest first. */
    private final List<Long> repeatedAt = new ArrayList<>();

    Repeats(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** What stands behind the line, often nothing; empty where it is counted in place of being told. */
    synchronized Optional<String> judge(Said said) {
        var now = nanoTime.getAsLong();
        var known = lines.get(said.identity());
        if (known == null && isNew(said, now)) {
            lines.put(said.identity(), new RepeatedLine(said, now));
            return Optional.of("");
        }
        // what is no longer new is one line with the others about its subject, and at last with all others
        var shared = lines.size() < MOST_LINES ? said.subject() : "";
        var line = known != null ? known : lines.computeIfAbsent(shared, key -> new RepeatedLine(said, now));
        line.say(said, now);
        return line.isDue(now) && free(now) > 0 ? Optional.of(repeat(line, now)) : Optional.empty();
    }

    private boolean isNew(Said said, long now) {
        lines.values().removeIf(line -> line.isQuiet(now, FORGOTTEN));
        subjects.values().removeIf(subject -> subject.isFresh(now));
        return lines.size() < MOST_LINES
                && subjects.computeIfAbsent(said.subject(), key -> new Novelty(now))
                        .take(now);
    }

    /** What was counted and is to be told now, in the order in which it was last said. */
    synchronized List<Told> due() {
        var now = nanoTime.getAsLong();
        // asked each second, and nearly always in vain
        for (var line : lines.values()) {
            if (line.isDue(now)) {
                return tell(sorted(each -> each.isDue(now)), free(now), now);
            }
        }
        return List.of();
    }

    /** What was counted and not told yet, at the end. */
    synchronized List<Told> rest() {
        return tell(sorted(RepeatedLine::isCounted), MOST, nanoTime.getAsLong());
    }

    private List<RepeatedLine> sorted(Predicate<RepeatedLine> which) {
        return lines.values().stream()
                .filter(which)
                .sorted(Comparator.comparingLong(RepeatedLine::saidAt))
                .toList();
    }

    private List<Told> tell(List<RepeatedLine> due, int most, long now) {
        if (due.isEmpty() || most <= 0) {
            return List.of();
        }
        var summed = due.size() <= most ? 0 : due.size() - most + 1;
        var told = new ArrayList<Told>();
        if (summed > 0) {
            told.add(sum(due.subList(0, summed), now));
        }
        due.subList(summed, due.size()).forEach(line -> {
            var text = line.text();
            told.add(new Told(line.level(), text + repeat(line, now)));
        });
        return told;
    }

    private Told sum(List<RepeatedLine> due, long now) {
        var times = due.stream().mapToLong(RepeatedLine::counted).sum();
        var last = due.get(due.size() - 1);
        var told = new Told(
                last.level(),
                due.size() + " lines were said again, " + times + " times in all, the last one of them: "
                        + last.text());
        due.forEach(line -> line.take(now));
        repeatedAt.add(now);
        return told;
    }

    private String repeat(RepeatedLine line, long now) {
        repeatedAt.add(now);
        return line.take(now);
    }

    /** What is remembered. */
    synchronized int size() {
        return lines.size() + subjects.size();
    }

    private int free(long now) {
        repeatedAt.removeIf(at -> now - at >= HOUR);
        return MOST - repeatedAt.size();
    }
}
