package io.walnutedge.mqtt;

import io.walnutedge.mqtt.Admission.Ready;
import io.walnutedge.mqtt.InFlight.Kind;
import io.walnutedge.mqtt.MessageSource.Message;
import io.walnutedge.timing.TokenBucket;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the {@link MessageSource} has, if there is one: a window of it may be in flight, of which the backlog has a share and
 * a rate. A message that was taken and may not be sent yet is held, and nothing is taken meanwhile. The thread {@code link}
 * only.
 */
final class SourceFlow {
    /** The backlog comes a tenth of a second's worth at a time at most. */
    private static final double BURSTS_IN_A_SECOND = 10;

    /** A message that was taken from the source and must wait. */
    record Held(Publication publication, Kind kind, Message message) {}

    private final @Nullable MessageSource source;
    private final int window;
    private final InFlight inFlight;
    private final SlowStart slowStart;
    private final Admission admission;
    private final TokenBucket pace;
    private @Nullable Held held;
    private boolean drained = true;
    private boolean backlogWaits;

    SourceFlow(
            Optional<MessageSource> source,
            LinkSettings settings,
            InFlight inFlight,
            SlowStart slowStart,
            Admission admission,
            LongSupplier nanoTime) {
        this.source = source.orElse(null);
        this.window = settings.window();
        this.inFlight = inFlight;
        this.slowStart = slowStart;
        this.admission = admission;
        this.pace = new TokenBucket(
                settings.replayRate(), Math.max(1, settings.replayRate() / BURSTS_IN_A_SECOND), nanoTime);
    }

    /** A pump begins: there may be live messages again. */
    void look() {
        drained = false;
        backlogWaits = false;
    }

    /** There may be some of the backlog again. */
    void lookAtBacklog() {
        backlogWaits = held == null;
    }

    private boolean hasRoom() {
        return held == null && inFlight.count(Kind.LIVE) + inFlight.count(Kind.BACKLOG) < slowStart.of(window);
    }

    /** The rest of the window is for what is new. */
    private int backlogShare() {
        return Math.max(1, slowStart.of(window) * 3 / 4);
    }

    boolean isFull() {
        return !hasRoom() || inFlight.count(Kind.BACKLOG) >= backlogShare();
    }

    /** Whether the last pump left no live message waiting. */
    boolean isDrained() {
        return drained;
    }

    @Nullable Ready nextLive() {
        Ready ready = null;
        while (ready == null && !drained && hasRoom()) {
            var message = source == null ? null : source.take();
            drained = message == null;
            ready = ready(message, Kind.LIVE);
        }
        return ready;
    }

    @Nullable Ready nextOfBacklog() {
        Ready ready = null;
        while (ready == null && backlogMay() && pace.untilNext() == 0) {
            var message = source == null ? null : source.takeBacklog();
            backlogWaits = message != null;
            ready = ready(message, Kind.BACKLOG);
            if (backlogWaits) {
                pace.spend();
            }
        }
        return ready;
    }

    private boolean backlogMay() {
        return backlogWaits && hasRoom() && inFlight.count(Kind.BACKLOG) < backlogShare();
    }

    /** Nanoseconds until the backlog may go on; the maximum if it waits for something else. */
    long untilDue() {
        return backlogMay() ? pace.untilNext() : Long.MAX_VALUE;
    }

    /** Null where there is no message, where nothing is published of it, and where it must wait: it is held then. */
    private @Nullable Ready ready(@Nullable Message message, Kind kind) {
        if (message == null) {
            return null;
        }
        var publication = message.publication();
        return publication == null ? null : ready(new Held(publication, kind, message));
    }

    private @Nullable Ready ready(Held next) {
        var publication = next.publication();
        if (admission.isSetAside(publication)) {
            next.message().setAside();
            return null;
        }
        if (!admission.isFree(publication)) {
            held = next;
            return null;
        }
        return admission.admit(publication, next.kind(), next.message(), false);
    }

    /** The message that is held, if it may be sent now. */
    @Nullable Ready release() {
        var waiting = held;
        held = null;
        return waiting == null ? null : ready(waiting);
    }

    /** Whether the message that is held must go alone. */
    boolean waitsAlone() {
        return held != null && admission.isAlone(held.publication());
    }

    /** The message that is held, to go alone. */
    @Nullable Ready releaseAlone() {
        var waiting = held;
        if (waiting == null || !waitsAlone()) {
            return null;
        }
        held = null;
        return admission.admit(waiting.publication(), waiting.kind(), waiting.message(), true);
    }

    /** The connection is gone. */
    void giveBack() {
        held = null;
        if (source != null) {
            source.giveBack();
        }
    }
}
