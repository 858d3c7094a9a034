package io.walnutedge.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.testkit.EveryLocale;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What one locale has written the next one finds. */
class LocaleTest {
    private static final int SEGMENT = 1024;

    private final MemoryDisk disk = new MemoryDisk();

    private Store.Opened open() throws Exception {
        return new Store.Opened(disk, 64 * SEGMENT, SEGMENT);
    }

    private static long append(SegmentLog log) throws Exception {
        return log.append(List.of("x".getBytes(StandardCharsets.US_ASCII)))[0];
    }

    @Test
    void entries_areFoundAgain_inEveryLocale() throws Exception {
        var last = new AtomicLong();
        try (var store = open()) {
            last.set(append(store.log));
        }
        EveryLocale.assertSame(() -> {
            try (var store = open()) {
                store.log.acknowledge(last.get());
                last.set(append(store.log));
                assertThat(store.damage).isEmpty();
                return store.found.size();
            }
        });
    }

    @Test
    void namesOfFiles_areTheSame_inEveryLocale() throws Exception {
        EveryLocale.assertSame(() -> List.of(Format.name(0), Format.name(1_234_567_890), Format.name(Long.MAX_VALUE)));
        EveryLocale.assertSame(() -> Format.number(Format.name(1_234_567_890)));
    }
}
