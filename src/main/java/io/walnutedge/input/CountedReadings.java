package io.walnutedge.input;

import io.walnutedge.event.EventListener;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.reading.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Publishes what counters count as readings; they are numbered on after a change of the configuration, for a reading's
 * number is never used twice. The loop's thread only.
 */
final class CountedReadings {
    private record Counted(ItemId id, String quantity) {}

    private final Map<Counted, Long> numbers = new HashMap<>();
    private final EventListener events;
    private final SampleClock clock;

    CountedReadings(EventListener events, SampleClock clock) {
        this.events = events;
        this.clock = clock;
    }

    /**
     * As of now.
     *
     * @param quantity {@code total} or {@code rate}
     * @param value ready to be published
     */
    void publish(ItemId id, String quantity, Value value) {
        var seq = numbers.merge(new Counted(id, quantity), 1L, Long::sum);
        events.readings(List.of(new Reading(id, quantity, value, clock.moment().stamp(seq))));
    }
}
