package io.walnutedge.mqtt;

import java.time.Duration;

/**
 * How much is sent at a time after a connection that acknowledged nothing: one of each kind, one more with each
 * acknowledgement, and so few bytes together that no packet of the network is a large one. A broker that cannot keep up
 * works on what was sent over connections that are gone; the less that is, the sooner it is done. The thread {@code link}
 * only.
 */
final class SlowStart {
    /** A path on which large packets vanish keeps to small ones for so long, and longer each time. */
    static final long NARROW = Duration.ofMinutes(5).toNanos();

    private static final long LAST_NARROW = Duration.ofDays(1).toNanos();

    private final int full;
    private int allowed;
    private long narrowFor = NARROW;
    private boolean narrow;
    private long narrowUntil;

    /** @param full what is allowed in the end */
    SlowStart(int full, long now) {
        this.full = full;
        this.allowed = full;
        this.narrowUntil = now - NARROW;
    }

    void cut(long now) {
        allowed = 1;
        narrow(now);
    }

    /** Large packets may vanish. */
    void narrow(long now) {
        // as long as the time before went well, it is another cause
        narrowFor = now - narrowUntil < narrowFor ? Math.min(LAST_NARROW, 2 * narrowFor) : NARROW;
        narrowUntil = now + narrowFor;
        narrow = true;
    }

    void acknowledged(int bytes) {
        allowed = Math.min(full, allowed + 1);
        if (bytes > Suspects.SMALL) {
            narrow = false;
            narrowFor = NARROW;
        }
    }

    /** Messages of one kind that may be in flight, of {@code most} otherwise. */
    int of(int most) {
        return Math.min(most, allowed);
    }

    /** Whether there is room for one more beside {@code bytes} in flight. */
    boolean fits(int bytes, int more, long now) {
        narrow = narrow && now - narrowUntil < 0;
        return !narrow || bytes == 0 || bytes + more <= Suspects.SMALL;
    }
}
