package io.walnutedge.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A disk that fails at any one operation, or from then on: nothing that was appended and is not done gets lost. */
class FaultyDiskTest {
    private static final int SEGMENT = 1024;
    private static final long MAX = 5 * SEGMENT;
    private static final Set<String> CHANGES =
            Set.of("create", "write", "open to write", "force", "move", "delete", "sync directory", "mkdir", "lock");

    private final TreeMap<Long, byte[]> waiting = new TreeMap<>();
    private int operations;
    private boolean failed;

    @Test
    void an_error_at_any_operation_loses_nothing() throws IOException {
        failAtEach("Input/output error", false, false);
    }

    @Test
    void an_error_from_any_operation_on_loses_nothing() throws IOException {
        failAtEach("Input/output error", true, false);
    }

    @Test
    void a_disk_that_becomes_read_only_loses_nothing() throws IOException {
        failAtEach("Read-only file system", true, true);
    }

    @Test
    void no_space_at_any_operation_loses_nothing() throws IOException {
        failAtEach(MemoryDisk.NO_SPACE, false, true);
    }

    @Test
    void no_space_from_any_operation_on_loses_nothing() throws IOException {
        failAtEach(MemoryDisk.NO_SPACE, true, true);
    }

    private void failAtEach(String message, boolean lasting, boolean changesOnly) throws IOException {
        var first = 1;
        do {
            var disk = new MemoryDisk();
            var failing = first++;
            operations = 0;
            failed = false;
            waiting.clear();
            disk.fault = operation -> {
                if ((!changesOnly || CHANGES.contains(operation))
                        && (++operations == failing || (lasting && operations > failing))) {
                    failed = true;
                    throw new IOException(message);
                }
            };
            lives(disk, message);
            disk.fault = operation -> {};
            assertThat(disk.openFiles).isZero();
            try (var opened = new Store.Opened(disk, MAX, SEGMENT)) {
                assertThat(opened.damage).isEmpty();
                assertThat(opened.positions())
                        .isSorted()
                        .doesNotHaveDuplicates()
                        .containsAll(waiting.keySet());
                assertThat(append(opened.log, new Random(1), 1)).isEqualTo(1);
            }
        } while (failed);
        assertThat(first).isGreaterThan(50);
    }

    /** Two lives of the same random work; an error ends the present one. */
    private void lives(MemoryDisk disk, String message) throws IOException {
        var random = new Random(11);
        for (var life = 0; life < 2; life++) {
            try (var opened = new Store.Opened(disk, MAX, SEGMENT)) {
                assertThat(opened.positions()).containsAll(waiting.keySet());
                for (var step = 0; step < 30; step++) {
                    step(opened.log, random);
                }
            } catch (IOException e) {
                assertThat(e).hasMessage(message);
            }
        }
    }

    private void step(SegmentLog log, Random random) throws IOException {
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> append(log, random, 1 + random.nextInt(9));
            case 3 -> log.sync();
            case 4 -> acknowledge(log);
            default -> drop(log);
        }
    }

    private int append(SegmentLog log, Random random, int count) throws IOException {
        var bodies = Store.bodies(random, count, 100);
        var positions = log.append(bodies);
        for (var i = 0; i < positions.length; i++) {
            assertThat(waiting.put(positions[i], bodies.get(i))).isNull();
        }
        return positions.length;
    }

    private void acknowledge(SegmentLog log) throws IOException {
        var entries = log.read(12, 100_000);
        if (!entries.isEmpty()) {
            var position = entries.get(entries.size() - 1).position();
            // begun is as good as done
            waiting.headMap(position, true).clear();
            log.acknowledge(position);
        }
    }

    private void drop(SegmentLog log) throws IOException {
        var oldest = waiting.isEmpty() ? 0 : Format.numberOf(waiting.firstKey());
        var before = new ArrayList<>(waiting.keySet());
        waiting.keySet().removeIf(position -> Format.numberOf(position) == oldest);
        for (var entry : log.dropOldest()) {
            before.remove(entry.position());
        }
        assertThat(before).containsAll(waiting.keySet());
    }

    @Test
    void a_full_disk_shortens_the_append_and_one_with_room_again_takes_the_rest() throws IOException {
        var disk = new MemoryDisk();
        try (var opened = new Store.Opened(disk, 100 * SEGMENT, SEGMENT)) {
            disk.capacity = 3 * SEGMENT + SEGMENT / 2 + 1024;
            var random = new Random(1);
            assertThat(append(opened.log, random, 100)).isBetween(40, 80);
            assertThat(append(opened.log, random, 1)).isZero();
            assertThat(disk.fileNames()).doesNotContain("spare.log");
            disk.capacity = Long.MAX_VALUE;
            assertThat(append(opened.log, random, 100)).isEqualTo(100);
            opened.log.sync();
        }
        try (var opened = new Store.Opened(disk, 100 * SEGMENT, SEGMENT)) {
            assertThat(opened.positions()).containsExactlyElementsOf(waiting.keySet());
        }
    }

    @Test
    void a_disk_without_any_room_takes_nothing_and_says_nothing_until_there_is_some() throws IOException {
        var disk = new MemoryDisk();
        disk.capacity = 0;
        try (var opened = new Store.Opened(disk, MAX, SEGMENT)) {
            assertThat(opened.log.append(List.of(new byte[1]))).isEmpty();
            assertThat(opened.log.dropOldest()).isEmpty();
            disk.capacity = SEGMENT;
            assertThat(opened.log.append(List.of(new byte[1]))).isEmpty();
            disk.capacity = SEGMENT + 1024;
            assertThat(opened.log.append(List.of(new byte[1]))).hasSize(1);
        }
    }

    @Test
    void what_changes_under_an_open_log_is_an_error_and_no_entry() throws IOException {
        var disk = new MemoryDisk();
        try (var opened = new Store.Opened(disk, MAX, SEGMENT)) {
            var position = opened.log.append(List.of(new byte[40], new byte[40]))[1];
            disk.bytes(Store.segment(1))[Format.offsetOf(position) + 20] = 1;
            assertThatThrownBy(() -> opened.log.read(2, 1000))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("damaged");
        }
    }
}
