package io.walnutedge.mqtt;

import io.walnutedge.mqtt.InFlight.Entry;
import io.walnutedge.mqtt.InFlight.Kind;
import io.walnutedge.mqtt.MessageSource.Message;
import io.walnutedge.mqtt.Suspects.Verdict;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Judges whether a publication may be sent now, and notes as in flight what is. The thread {@code link} only. */
final class Admission {
    /** What is sent next; its tag counts as in flight. */
    record Ready(Publication publication, long tag) {}

    private final InFlight inFlight;
    private final Suspects suspects;
    private final SlowStart slowStart;
    private final LongSupplier nanoTime;

    Admission(InFlight inFlight, Suspects suspects, SlowStart slowStart, LongSupplier nanoTime) {
        this.inFlight = inFlight;
        this.suspects = suspects;
        this.slowStart = slowStart;
        this.nanoTime = nanoTime;
    }

    boolean isSetAside(Publication publication) {
        return verdict(publication) == Verdict.SET_ASIDE;
    }

    boolean isAlone(Publication publication) {
        return verdict(publication) == Verdict.ALONE;
    }

    boolean isFree(Publication publication) {
        return verdict(publication) == Verdict.FREE
                && slowStart.fits(inFlight.bytes(), Suspects.bytes(publication), nanoTime.getAsLong());
    }

    private Verdict verdict(Publication publication) {
        return suspects.of(publication, nanoTime.getAsLong());
    }

    Ready admit(Publication publication, Kind kind) {
        return admit(publication, kind, null, false);
    }

    /** @param alone whether nothing else may be sent before its acknowledgement */
    Ready admit(Publication publication, Kind kind, @Nullable Message message, boolean alone) {
        var bytes = Suspects.bytes(publication);
        var now = nanoTime.getAsLong();
        var tag = inFlight.add(new Entry(kind, publication.topic(), bytes, publication.qos(), message, alone, now));
        return new Ready(publication, tag);
    }
}
