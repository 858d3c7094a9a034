package io.walnutedge.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** A log on a file system that has no inode numbers and makes them up. */
class ChangingInodesTest {
    private static final int SEGMENT = 1024;

    private final MemoryDisk disk = new MemoryDisk();

    private Store.Opened open() throws IOException {
        disk.inodesChange = true;
        return new Store.Opened(disk, 20 * SEGMENT, SEGMENT);
    }

    @Test
    void filesThatNobodyTook_areNotMissed_openOrClosed_alsoAfterARestart() throws IOException {
        try (var opened = open()) {
            opened.log.append(Collections.nCopies(60, new byte[90]));
            assertNothingIsMissed(opened.log);
        }
        try (var opened = open()) {
            assertThat(opened.positions()).hasSizeGreaterThan(40);
            assertNothingIsMissed(opened.log);
        }
    }

    private static void assertNothingIsMissed(SegmentLog log) throws IOException {
        assertThat(log.hasLostNames(true)).isFalse();
        for (var read = log.read(1, SEGMENT); !read.isEmpty(); read = log.read(1, SEGMENT)) {
            assertThat(log.hasLostNames(true)).isFalse();
            assertThat(log.orphans()).isEmpty();
        }
        assertThat(log.append(Collections.nCopies(1, new byte[0]))).hasSize(1);
        assertThat(log.hasLostNames(true)).isFalse();
        log.dropOldest();
        assertThat(log.hasLostNames(true)).isFalse();
    }

    @Test
    void filesThatSomebodyTook_areMissed_openOrClosed() throws IOException {
        for (var number = 1; number <= 7; number++) {
            disk.fileNames().stream().map(Store.DIR::resolve).forEach(disk::remove);
            try (var opened = open()) {
                opened.log.append(Collections.nCopies(60, new byte[90]));
                var path = Store.segment(number);
                assertThat(disk.exists(path)).isTrue();
                disk.remove(path);
                assertThat(opened.log.hasLostNames(true)).isTrue();
                assertThat(opened.log.orphans()).hasSize(1);
            }
        }
    }
}
