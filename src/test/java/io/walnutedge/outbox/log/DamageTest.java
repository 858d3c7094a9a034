package io.walnutedge.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damaged stores: what is sound comes out in order, nothing else does, and the second start has nothing to tell. */
class DamageTest {
    private static final int SEGMENT = 400;
    private static final long MAX = 100 * SEGMENT;

    private final MemoryDisk store = new MemoryDisk();
    private final List<SegmentLog.Entry> all = new ArrayList<>();

    /** Three segments, numbers 1 to 3, the last one half full; the first three entries are done. */
    @BeforeEach
    void fill() throws IOException {
        try (var opened = new Store.Opened(store, MAX, SEGMENT)) {
            var bodies = Store.bodies(new Random(7), 26, 50);
            var positions = opened.log.append(bodies);
            for (var i = 3; i < positions.length; i++) {
                all.add(new SegmentLog.Entry(positions[i], bodies.get(i)));
            }
            opened.log.acknowledge(positions[2]);
            assertThat(Format.numberOf(positions[25])).isEqualTo(3);
        }
        assertThat(store.fileNames()).hasSize(5);
    }

    @Test
    void any_bit_of_a_segment_costs_at_most_its_record() throws IOException {
        for (var number = 1; number <= 3; number++) {
            var path = Store.segment(number);
            for (var at = 0; at < SEGMENT; at++) {
                var offset = at;
                var segment = number;
                for (var bit = 0; bit < 8; bit++) {
                    var mask = 1 << bit;
                    var image = changed(path, bytes -> {
                        bytes[offset] ^= (byte) mask;
                        return bytes;
                    });
                    check(image, entry -> !covers(entry, segment, offset, offset + 1));
                }
            }
        }
    }

    @Test
    void a_segment_may_be_cut_at_any_byte() throws IOException {
        for (var number = 1; number <= 3; number++) {
            for (var length = 0; length < SEGMENT; length++) {
                var kept = length;
                var segment = number;
                var image = changed(Store.segment(number), bytes -> Arrays.copyOf(bytes, kept));
                check(image, entry -> !covers(entry, segment, kept, SEGMENT));
            }
        }
    }

    @Test
    void any_stretch_of_zeros_or_ones_costs_only_what_it_covers() throws IOException {
        for (var length : new int[] {2, 13, 64, 200, SEGMENT}) {
            for (var fill : new byte[] {0, -1}) {
                for (var from = 0; from + length <= SEGMENT; from++) {
                    var first = from;
                    var image = changed(Store.segment(2), bytes -> {
                        Arrays.fill(bytes, first, first + length, fill);
                        return bytes;
                    });
                    check(image, entry -> isSame(entry, image));
                }
            }
        }
    }

    @Test
    void zero_filled_blocks_of_a_large_segment_cost_only_what_they_cover() throws IOException {
        var disk = new MemoryDisk();
        var bodies = Store.bodies(new Random(5), 1000, 400);
        long[] positions;
        try (var opened = new Store.Opened(disk, 1 << 20, 64 * 1024)) {
            positions = opened.log.append(bodies);
        }
        for (var block = 0; block < 16; block++) {
            var from = block * 4096;
            var image = disk.copy();
            Arrays.fill(image.bytes(Store.segment(2)), from, from + 4096, (byte) 0);
            try (var opened = new Store.Opened(image, 1 << 20, 64 * 1024)) {
                var expected = new ArrayList<SegmentLog.Entry>();
                for (var i = 0; i < positions.length; i++) {
                    var entry = new SegmentLog.Entry(positions[i], bodies.get(i));
                    if (!covers(entry, 2, from, from + 4096)) {
                        expected.add(entry);
                    }
                }
                assertThat(Store.plain(opened.found)).isEqualTo(Store.plain(expected));
                assertThat(opened.damage).hasSize(1);
            }
        }
    }

    @Test
    void a_damaged_mark_means_duplicates_and_no_loss() throws IOException {
        var path = Store.DIR.resolve("mark");
        for (var bit = 0; bit < 1024 * 8; bit++) {
            var image = store.copy();
            image.bytes(path)[bit / 8] ^= (byte) (1 << bit % 8);
            noLoss(image);
        }
        for (var length = 0; length < 1024; length++) {
            noLoss(changedTo(path, Arrays.copyOf(store.bytes(path), length)));
        }
        var missing = store.copy();
        missing.remove(path);
        noLoss(missing);
    }

    private void noLoss(MemoryDisk image) throws IOException {
        try (var opened = new Store.Opened(image, MAX, SEGMENT)) {
            var plain = Store.plain(opened.found);
            assertThat(plain.size()).isLessThanOrEqualTo(all.size() + 3);
            assertThat(plain.subList(plain.size() - all.size(), plain.size())).isEqualTo(Store.plain(all));
        }
    }

    @Test
    void a_mark_behind_the_end_takes_nothing_that_is_appended_later() throws IOException {
        for (var position : new long[] {Format.position(3, SEGMENT), Format.position(9, 24)}) {
            var image = store.copy();
            var mark = new AckMark(image, Store.DIR);
            mark.load();
            mark.advance(position);
            mark.close();
            try (var opened = new Store.Opened(image, MAX, SEGMENT)) {
                assertThat(opened.found).isEmpty();
                assertThat(opened.log.append(List.of(new byte[] {1}))[0]).isGreaterThan(position);
            }
            try (var opened = new Store.Opened(image, MAX, SEGMENT)) {
                assertThat(opened.found).hasSize(1);
            }
        }
    }

    @Test
    void swapped_files_change_nothing() throws IOException {
        var image = store.copy();
        image.put(Store.segment(1), store.bytes(Store.segment(2)).clone());
        image.put(Store.segment(2), store.bytes(Store.segment(1)).clone());
        check(image, entry -> true);
    }

    @Test
    void a_second_copy_of_a_segment_changes_nothing() throws IOException {
        for (var name : List.of(Store.segment(0), Store.segment(4), Store.segment(9_999_999_999_999_999L))) {
            for (var number = 1; number <= 3; number++) {
                var image = changedTo(name, store.bytes(Store.segment(number)).clone());
                check(image, entry -> true);
            }
        }
    }

    @Test
    void an_alien_file_is_moved_aside_and_a_foreign_name_left_alone() throws IOException {
        var version = new byte[SEGMENT];
        Format.header(2, 4).get(version, 0, Format.HEADER_BYTES);
        var alien = new byte[SEGMENT];
        new Random(3).nextBytes(alien);
        for (var bytes : List.of(version, alien, new byte[] {1})) {
            var image = changedTo(Store.segment(4), bytes);
            image.put(Store.DIR.resolve("notes.txt"), new byte[] {1, 2});
            check(image, entry -> true);
            assertThat(image.bytes(Store.DIR.resolve("notes.txt"))).hasSize(2);
            assertThat(image.bytes(Store.DIR.resolve("damaged-0001-0000000000000004.log")))
                    .isEqualTo(bytes);
        }
    }

    @Test
    void an_empty_or_blank_file_is_no_damage_at_the_end_and_moved_aside_elsewhere() throws IOException {
        for (var length : new int[] {0, 1, SEGMENT}) {
            var image = changedTo(Store.segment(4), new byte[length]);
            try (var opened = new Store.Opened(image, MAX, SEGMENT)) {
                assertThat(Store.plain(opened.found)).isEqualTo(Store.plain(all));
                assertThat(opened.damage).isEmpty();
            }
            check(changedTo(Store.segment(2), new byte[length]), entry -> Format.numberOf(entry.position()) != 2);
        }
    }

    @Test
    void two_damaged_files_are_kept_the_last_ones() throws IOException {
        var image = store.copy();
        for (var i = 1; i <= 3; i++) {
            image.put(Store.segment(10 + i), new byte[] {(byte) i});
            new Store.Opened(image, MAX, SEGMENT).close();
        }
        assertThat(image.fileNames().stream().filter(name -> name.startsWith("damaged")))
                .containsExactly("damaged-0002-0000000000000012.log", "damaged-0003-0000000000000013.log");
    }

    @Test
    void a_copy_that_fails_does_not_stop_the_recovery() throws IOException {
        var image = store.copy();
        image.bytes(Store.segment(2))[100] ^= 1;
        image.capacity = image.bytesUsed() + 10;
        try (var opened = new Store.Opened(image, MAX, SEGMENT)) {
            assertThat(Store.plain(opened.found)).isSubsetOf(Store.plain(all)).hasSize(all.size() - 1);
            assertThat(opened.damage).singleElement().asString().contains("no copy was made");
        }
        assertThat(image.fileNames()).hasSize(5);
    }

    @Test
    void blocks_the_disk_cannot_read_cost_only_what_they_hold() throws IOException {
        var disk = new MemoryDisk();
        try (var opened = new Store.Opened(disk, 1 << 20, 64 * 1024)) {
            opened.log.append(Store.bodies(new Random(5), 1000, 400));
        }
        var reads = new int[1];
        disk.fault = operation -> {
            // the fourth read after the headers, the whole window, and one block of it again
            if (operation.equals("read") && (++reads[0] == 8 || reads[0] == 12)) {
                throw new IOException("Input/output error");
            }
        };
        try (var opened = new Store.Opened(disk, 1 << 20, 64 * 1024)) {
            assertThat(opened.damage).hasSize(1);
            assertThat(opened.found.size()).isBetween(950, 999);
            assertThat(opened.positions()).isSorted();
        }
    }

    private static boolean covers(SegmentLog.Entry entry, long number, int from, int to) {
        var start = Format.offsetOf(entry.position());
        var end = start + Format.RECORD_BYTES + entry.body().length;
        return Format.numberOf(entry.position()) == number && start < to && from < end;
    }

    /** Zeros over zeros are no damage. */
    private boolean isSame(SegmentLog.Entry entry, MemoryDisk image) {
        var path = Store.segment(Format.numberOf(entry.position()));
        var from = Format.offsetOf(entry.position());
        var to = from + Format.RECORD_BYTES + entry.body().length;
        return Arrays.equals(image.bytes(path), from, to, store.bytes(path), from, to);
    }

    private MemoryDisk changed(Path path, UnaryOperator<byte[]> change) {
        return changedTo(path, change.apply(store.bytes(path).clone()));
    }

    private MemoryDisk changedTo(Path path, byte[] bytes) {
        var image = store.copy();
        image.put(path, bytes);
        return image;
    }

    private void check(MemoryDisk image, Predicate<SegmentLog.Entry> sound) throws IOException {
        var expected = new ArrayList<>(Store.plain(all.stream().filter(sound).toList()));
        var last = 0L;
        inspect(image, expected);
        try (var opened = new Store.Opened(image, MAX, SEGMENT)) {
            assertThat(Store.plain(opened.found)).isEqualTo(expected);
            assertThat(opened.log.entries()).isEqualTo(expected.size());
            assertThat(Store.plain(opened.log.read(1000, 100_000))).isEqualTo(expected);
            var body = new byte[] {1, 2, 3};
            last = opened.log.append(List.of(body))[0];
            assertThat(last).isGreaterThan(opened.positions().stream().reduce(0L, Long::max));
            expected.addAll(Store.plain(List.of(new SegmentLog.Entry(last, body))));
        }
        try (var again = new Store.Opened(image, MAX, SEGMENT)) {
            assertThat(again.damage).isEmpty();
            assertThat(Store.plain(again.found)).isEqualTo(expected);
            again.log.acknowledge(last);
            assertThat(again.log.isEmpty()).isTrue();
        }
    }

    private static void inspect(MemoryDisk image, List<String> expected) throws IOException {
        var seen = new ArrayList<SegmentLog.Entry>();
        var summary = new Inspection(image, Store.DIR).run(seen::add);
        assertThat(Store.plain(seen)).isEqualTo(expected);
        assertThat(summary.entries()).isEqualTo(expected.size());
        assertThat(image.operations()).isZero();
        assertThat(image.openFiles).isZero();
    }
}
