package io.walnutedge.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the log writes, counted at the seam. */
class WearTest {
    private static final int SEGMENT = 256 * 1024;
    private static final int BODY = 90;

    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void an_entry_costs_twelve_bytes_more_than_its_body() throws IOException {
        try (var opened = new Store.Opened(disk, 4 * SEGMENT, SEGMENT)) {
            opened.log.append(List.of(new byte[BODY]));
            disk.bytesWritten = 0;
            for (var i = 0; i < 1000; i++) {
                opened.log.append(List.of(new byte[BODY]));
            }
            assertThat(disk.bytesWritten).isEqualTo(1000 * (BODY + 12));
        }
    }

    @Test
    void an_append_of_many_is_one_write() throws IOException {
        try (var opened = new Store.Opened(disk, 4 * SEGMENT, SEGMENT)) {
            opened.log.append(List.of(new byte[BODY]));
            var before = disk.operations();
            opened.log.append(Collections.nCopies(100, new byte[BODY]));
            assertThat(disk.operations() - before).isEqualTo(1);
        }
    }

    @Test
    void the_second_outage_writes_no_zeros() throws IOException {
        try (var opened = new Store.Opened(disk, 4 * SEGMENT, SEGMENT)) {
            fillAndFinish(opened.log);
            disk.bytesWritten = 0;
            fillAndFinish(opened.log);
            // one segment began in the first outage; what is left of an entry's 102 bytes: header, seal, marks
            assertThat(disk.bytesWritten).isLessThan(3000 * 102 + 200);
        }
    }

    /** 3000 entries are a segment and a part of the next. */
    private static void fillAndFinish(SegmentLog log) throws IOException {
        var last = 0L;
        for (var i = 0; i < 3000; i++) {
            last = log.append(List.of(new byte[BODY]))[0];
        }
        log.sync();
        log.acknowledge(last);
    }

    @Test
    void an_idle_log_writes_nothing_also_when_opened_and_closed() throws IOException {
        try (var opened = new Store.Opened(disk, 4 * SEGMENT, SEGMENT)) {
            idle(opened.log);
            assertThat(disk.bytesWritten).isZero();
            fillAndFinish(opened.log);
            opened.log.sync();
            var before = disk.operations();
            idle(opened.log);
            assertThat(disk.operations()).isEqualTo(before);
        }
        var before = disk.operations();
        new Store.Opened(disk, 4 * SEGMENT, SEGMENT).close();
        assertThat(disk.operations()).isEqualTo(before);
    }

    private static void idle(SegmentLog log) throws IOException {
        for (var i = 0; i < 100; i++) {
            assertThat(log.read(10, 1000)).isEmpty();
            assertThat(log.append(List.of())).isEmpty();
            log.rewind();
            log.sync();
        }
    }

    @Test
    void a_sync_with_nothing_new_is_none() throws IOException {
        try (var opened = new Store.Opened(disk, 4 * SEGMENT, SEGMENT)) {
            opened.log.append(List.of(new byte[BODY]));
            opened.log.sync();
            var before = disk.operations();
            opened.log.sync();
            assertThat(disk.operations()).isEqualTo(before);
        }
    }
}
