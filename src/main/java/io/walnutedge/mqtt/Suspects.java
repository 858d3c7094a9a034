package io.walnutedge.mqtt;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which messages may end a connection: those that a broker closes it for, and those that are too large for a tunnel on the
 * way, behind which nothing arrives any more. By topic. The thread {@code link} only, but for {@link #setAside}.
 *
 * <p>What was in flight in two connections that were lost goes alone, and so does what is larger than anything that was
 * ever acknowledged. A message with which alone a connection ended twice, though others were acknowledged, is set aside
 * and tried again after growing pauses. Between the two a connection has to last without it: where it does not, the
 * network is to blame.
 */
final class Suspects {
    /**
     * Bytes of topic and payload that pass every path: the least MTU of IPv6, 1,280 (RFC 8200, 5), without the headers of
     * IP, TCP, TLS and MQTT.
     */
    static final int SMALL = 1_000;
    /** A broker that closes a connection for a message does so within this time. */
    static final long SOON = Duration.ofSeconds(5).toNanos();
    /** A connection has to last without a message so many times longer than those that were lost, and at most so long. */
    private static final int PROOF = 3;

    private static final long LONGEST_PROOF = Duration.ofSeconds(30).toNanos();
    /** The first pause of what was set aside, and the last. */
    static final long FIRST_PAUSE = Duration.ofMinutes(10).toNanos();

    static final long LAST_PAUSE = Duration.ofDays(1).toNanos();

    enum Verdict {
        FREE,
        /** With nothing else in flight. */
        ALONE,
        /** Not now. */
        WAIT,
        SET_ASIDE
    }

    private static final class Case {
        private int cuts;
        private int strikes;
        /** A smaller message on the topic is no such case. */
        private int bytes;

        private long until;
        private long pause = FIRST_PAUSE;

        /** A small message is rarely to blame. */
        boolean isAside() {
            return strikes > (bytes > SMALL ? 1 : 2);
        }

        boolean isSuspended() {
            return strikes > 0 && !isAside();
        }
    }

    private final Map<String, Case> cases = new HashMap<>();
    private volatile Map<String, Integer> aside = Map.of();
    /** Bytes of the largest message that was acknowledged. */
    private int proven;
    /** How long the last two connections had lasted that were lost without a strike. */
    private long lasted;

    private long lastedBefore;

    static int bytes(Publication publication) {
        return publication.topic().length() + publication.payload().length;
    }

    Verdict of(Publication publication, long now) {
        var bytes = bytes(publication);
        var known = cases.get(publication.topic());
        if (known != null && known.strikes > 0 && bytes >= known.bytes) {
            if (now - known.until >= 0) {
                return Verdict.ALONE;
            }
            return known.isAside() ? Verdict.SET_ASIDE : Verdict.WAIT;
        }
        return bytes > Math.max(SMALL, proven) || (known != null && known.cuts > 1) ? Verdict.ALONE : Verdict.FREE;
    }

    /** A connection begins. */
    void begin(long now) {
        var proof = Math.max(SOON, Math.min(LONGEST_PROOF, PROOF * Math.max(lasted, lastedBefore)));
        cases.values().stream().filter(Case::isSuspended).forEach(each -> each.until = now + proof);
    }

    /** Nanoseconds until one more may be tried; the maximum if none waits. */
    long untilNext(long now) {
        return cases.values().stream()
                .filter(each -> each.strikes > 0 && each.until - now > 0)
                .mapToLong(each -> each.until - now)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    void acknowledged(String topic, int bytes) {
        proven = Math.max(proven, bytes);
        var known = cases.get(topic);
        if (known != null && bytes >= known.bytes) {
            cases.remove(topic);
            report();
        }
    }

    /** The connection was lost while messages on this topic, and perhaps others, were in flight. */
    void inFlight(String topic) {
        cases.computeIfAbsent(topic, any -> new Case()).cuts++;
    }

    /** A larger message than others was in flight when nothing was acknowledged any more. */
    void doubt(int bytes) {
        if (bytes > SMALL) {
            proven = 0;
        }
    }

    /**
     * The connection ended with this one alone in flight.
     *
     * @return whether it is set aside now, and was not before
     */
    boolean strike(String topic, int bytes, long now) {
        doubt(bytes);
        var known = cases.computeIfAbsent(topic, any -> new Case());
        known.bytes = bytes;
        known.strikes++;
        var wasAside = known.pause > FIRST_PAUSE;
        if (!known.isAside()) {
            return false;
        }
        known.until = now + known.pause;
        known.pause = Math.min(LAST_PAUSE, 2 * known.pause);
        report();
        return !wasAside;
    }

    /**
     * The connection was lost without a strike: those that it had to last without are not to blame.
     *
     * @param life how long it lasted, in nanoseconds
     */
    void acquit(long life) {
        lastedBefore = lasted;
        lasted = life;
        cases.values().stream().filter(Case::isSuspended).forEach(each -> each.strikes = 0);
    }

    private void report() {
        var now = new TreeMap<String, Integer>();
        cases.forEach((topic, known) -> {
            if (known.isAside()) {
                now.put(topic, known.bytes);
            }
        });
        aside = Map.copyOf(now);
    }

    /** Bytes of what is set aside, by topic. Any thread. */
    Map<String, Integer> setAside() {
        return aside;
    }
}
