package io.walnutedge.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random work on the log, held against a plain list. */
class SegmentLogModelTest {
    private static final int SEGMENT = 1024;

    private final Random random = new Random(Store.seed("model"));
    private final MemoryDisk disk = new MemoryDisk();
    private final List<SegmentLog.Entry> waiting = new ArrayList<>();
    private int cursor;
    private long last;

    @Test
    void random_work_equals_a_list() throws IOException {
        for (var round = 0; round < 300; round++) {
            var maxBytes = (1 + random.nextInt(6)) * SEGMENT;
            try (var opened = new Store.Opened(disk, Math.max(maxBytes, disk.bytesUsed()), SEGMENT)) {
                assertThat(opened.damage).isEmpty();
                same(opened.found, waiting);
                cursor = 0;
                for (var step = random.nextInt(60); step > 0; step--) {
                    step(opened.log);
                    assertThat(opened.log.entries()).isEqualTo(waiting.size());
                    assertThat(opened.log.isEmpty()).isEqualTo(waiting.isEmpty());
                    assertThat(opened.log.bytes() > 0).isEqualTo(!waiting.isEmpty());
                }
                assertThat(disk.openFiles).isLessThanOrEqualTo(4);
            }
            assertThat(disk.openFiles).isZero();
        }
    }

    private void step(SegmentLog log) throws IOException {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> append(log);
            case 3, 4 -> read(log);
            case 5 -> acknowledge(log);
            case 6 -> {
                log.rewind();
                cursor = 0;
            }
            default -> dropSometimes(log);
        }
    }

    private void append(SegmentLog log) throws IOException {
        var bodies = Store.bodies(random, random.nextInt(20), random.nextInt(10) == 0 ? 900 : 60);
        var positions = log.append(bodies);
        for (var i = 0; i < positions.length; i++) {
            assertThat(positions[i]).isGreaterThan(last);
            last = positions[i];
            waiting.add(new SegmentLog.Entry(last, bodies.get(i)));
        }
        if (random.nextBoolean()) {
            log.sync();
        }
    }

    private void read(SegmentLog log) throws IOException {
        var count = 1 + random.nextInt(30);
        var entries = log.read(count, random.nextInt(500));
        same(entries, waiting.subList(cursor, cursor + entries.size()));
        assertThat(entries.isEmpty()).isEqualTo(cursor == waiting.size());
        cursor += entries.size();
    }

    private void acknowledge(SegmentLog log) throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        var index = random.nextInt(random.nextInt(4) == 0 ? waiting.size() : Math.min(20, waiting.size()));
        log.acknowledge(waiting.get(index).position());
        remove(index + 1);
    }

    private void dropSometimes(SegmentLog log) throws IOException {
        if (random.nextInt(3) == 0) {
            var dropped = log.dropOldest();
            same(dropped, waiting.subList(0, dropped.size()));
            assertThat(dropped.isEmpty()).isEqualTo(waiting.isEmpty());
            remove(dropped.size());
        }
    }

    private void remove(int count) {
        waiting.subList(0, count).clear();
        cursor = Math.max(0, cursor - count);
    }

    private static void same(List<SegmentLog.Entry> actual, List<SegmentLog.Entry> expected) {
        assertThat(Store.plain(actual)).isEqualTo(Store.plain(expected));
    }
}
