package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.walnutedge.outbox.MemoryOutbox;
import io.walnutedge.outbox.Outbox;
import io.walnutedge.outbox.OutboxClock;
import io.walnutedge.outbox.log.Loss;
import io.walnutedge.testkit.CapturedLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DropReportTest {
    private final MemoryOutbox outbox =
            new MemoryOutbox(10, new OutboxClock(System::nanoTime, InstantSource.system(), () -> true, ""));
    private final DropReport report = new DropReport(() -> outbox.counts().lost());

    @RegisterExtension
    private final CapturedLog log = new CapturedLog(DropReport.class);

    private void add(String source, int count) {
        IntStream.range(0, count).forEach(i -> outbox.add(List.of(new Outbox.Fresh(source, new byte[1]))));
    }

    private List<String> said() {
        return log.list().stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void drops_areToldAtOnce_thenSummedUpForTenMinutes() {
        add("room", 10);
        report.look(0);
        assertThat(said()).isEmpty();
        add("tank", 3);
        report.look(1);
        assertThat(said()).containsExactly("the queue is full: the oldest readings were dropped, 3 of room");
        add("tank", 9);
        report.look(2);
        assertThat(said()).hasSize(1);
        report.look(Duration.ofMinutes(11).toNanos());
        assertThat(said()).hasSize(2).last().asString().contains("7 of room", "2 of tank");
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void reason_isTheRealOne(Loss why) {
        new DropReport(() -> Map.of(new Outbox.Lost("room", why), 3L)).look(0);
        assertThat(said())
                .singleElement()
                .asString()
                .endsWith(", 3 of room")
                .contains(
                        switch (why) {
                            case FULL -> "the queue is full";
                            case TOO_OLD -> "waited longer than outbox.max-age";
                            case FILES_GONE -> "files of the outbox that somebody has removed";
                            case NOT_CONFIGURED -> "no more in the configuration";
                            case UNREADABLE -> "is no reading";
                            case TOO_LARGE -> "a message of their size ends connections";
                        });
    }
}
