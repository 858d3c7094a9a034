package io.walnutedge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.outbox.log.Entry;
import io.walnutedge.outbox.log.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What happens between two steps of the writer, where its thread and the link's meet. */
class MemoryOutboxTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final long POSITION = 5;

    private final MemoryOutbox outbox = new MemoryOutbox(10, new OutboxClock(() -> 0, () -> NOW, () -> true, ""));

    private void readBack() {
        outbox.fetched(
                POSITION,
                new Entry("cpu", new Moment(NOW, true, 0, 0), new byte[] {1}, Optional.empty()),
                Duration.ofDays(7));
    }

    @Test
    void deliveredWhileItIsWritten_itIsNotSentAgain() {
        outbox.add(List.of(new Outbox.Fresh("cpu", new byte[] {1})));
        var writing = outbox.unstored();
        var item = Objects.requireNonNull(outbox.take());
        outbox.remove(item);
        outbox.stored(writing, new long[] {POSITION});
        readBack();

        assertThat(outbox.takeBacklog()).isNull();
        assertThat(outbox.forgettable()).isEqualTo(POSITION);
    }

    @Test
    void takenWhileItIsWritten_itComesBackAtOnce_asItWas() {
        outbox.add(List.of(new Outbox.Fresh("cpu", new byte[] {1})));
        var writing = outbox.unstored();
        assertThat(outbox.take()).isNotNull();
        outbox.stored(writing, new long[] {POSITION});
        readBack();
        assertThat(outbox.takeBacklog()).as("it is on its way").isNull();

        outbox.giveBack();
        var item = Objects.requireNonNull(outbox.take());
        assertThat(item.historical()).isFalse();
        assertThat(outbox.takeBacklog()).isNull();
        assertThat(outbox.forgettable()).isEqualTo(Backlog.NONE);
        outbox.remove(item);
        assertThat(outbox.forgettable()).isEqualTo(POSITION);
    }

    @Test
    void droppedByTheStoreOnItsWay_itIsNotLost() {
        outbox.add(List.of(new Outbox.Fresh("cpu", new byte[] {1})));
        var writing = outbox.unstored();
        outbox.stored(writing, new long[] {POSITION});
        readBack();
        assertThat(outbox.takeBacklog()).isNotNull();
        outbox.dropped(POSITION, new Entry("cpu", new Moment(NOW, true, 0, 0), new byte[] {1}, Optional.empty()));
        assertThat(outbox.counts().lost()).isEmpty();

        outbox.giveBack();
        assertThat(outbox.take()).isNotNull();
        assertThat(outbox.counts().lost()).isEmpty();
    }

    /** What may have been delivered goes first: else a second and third lost connection make more and more of it. */
    @Test
    void givenBack_comesBeforeWhatIsNew_inItsOldOrder_timeAndAgain() {
        for (var value = 1; value <= 9; value++) {
            outbox.add(List.of(new Outbox.Fresh("cpu", new byte[] {(byte) value})));
        }
        takeAndExpect(1, 2, 3);
        outbox.giveBack();
        var first = Objects.requireNonNull(outbox.take());
        outbox.giveBack();
        takeAndExpect(1, 2, 3, 4);
        outbox.remove(first);
        outbox.giveBack();
        takeAndExpect(2, 3, 4, 5);
    }

    private void takeAndExpect(int... values) {
        for (var value : values) {
            assertThat(Objects.requireNonNull(outbox.take()).bytes()).containsExactly(value);
        }
    }
}
