package io.walnutedge.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log on a real directory. */
class SegmentLogTest {
    private static final int SEGMENT = 1024;

    private final List<String> damage = new ArrayList<>();
    private final List<String> found = new ArrayList<>();
    private final List<SegmentLog> open = new ArrayList<>();

    @TempDir
    Path temp;

    @AfterEach
    void close() throws IOException {
        for (var log : open) {
            log.close();
        }
    }

    @Test
    void entries_come_back_in_order_after_a_restart() throws IOException {
        var log = open(8 * SEGMENT);
        var positions = append(log, "a", "b", "c");
        assertThat(positions).hasSize(3).isSorted();
        log.close();

        log = open(8 * SEGMENT);
        assertThat(found).containsExactly("a", "b", "c");
        assertThat(read(log, 10)).containsExactly("a", "b", "c");
        assertThat(read(log, 10)).isEmpty();
        log.rewind();
        assertThat(read(log, 2)).containsExactly("a", "b");
        log.acknowledge(positions[0]);
        log.rewind();
        assertThat(read(log, 2)).containsExactly("b", "c");
        assertThat(log.entries()).isEqualTo(2);
        assertThat(damage).isEmpty();
    }

    @Test
    void what_is_acknowledged_does_not_come_back() throws IOException {
        var log = open(8 * SEGMENT);
        var positions = append(log, many(100));
        log.acknowledge(positions[60]);
        assertThat(log.entries()).isEqualTo(39);
        log.close();

        log = open(8 * SEGMENT);
        assertThat(found).containsExactly(Arrays.copyOfRange(many(100), 61, 100));
        assertThat(log.entries()).isEqualTo(39);
        log.acknowledge(positions[99]);
        assertThat(log.isEmpty()).isTrue();
        assertThat(log.bytes()).isZero();
    }

    @Test
    void positions_are_not_given_twice_also_when_every_segment_is_gone() throws IOException {
        var log = open(8 * SEGMENT);
        var first = append(log, many(100));
        while (!log.isEmpty()) {
            log.dropOldest();
        }
        log.close();
        Files.delete(temp.resolve("log/spare.log"));
        assertThat(names()).containsExactly("lock", "mark");

        log = open(8 * SEGMENT);
        assertThat(append(log, "next")[0]).isGreaterThan(first[99]);
    }

    @Test
    void a_full_log_appends_what_fits_and_goes_on_when_the_oldest_is_dropped() throws IOException {
        var log = open(3 * SEGMENT);
        var taken = append(log, many(500)).length;
        assertThat(taken).isBetween(100, 200);
        assertThat(append(log, "more")).isEmpty();

        var dropped = log.dropOldest();
        assertThat(dropped).extracting(SegmentLogTest::text).startsWith("entry 0", "entry 1");
        assertThat(append(log, "more")).hasSize(1);
        assertThat(log.entries()).isEqualTo(taken - dropped.size() + 1);
        assertThat(read(log, 1)).containsExactly("entry " + dropped.size());
    }

    @Test
    void dropping_takes_the_only_segment_too() throws IOException {
        var log = open(SEGMENT);
        append(log, "a", "b");
        assertThat(log.dropOldest()).extracting(SegmentLogTest::text).containsExactly("a", "b");
        assertThat(log.dropOldest()).isEmpty();
        assertThat(append(log, "c")).hasSize(1);
        assertThat(read(log, 9)).containsExactly("c");
    }

    @Test
    void one_file_is_kept_as_spare_and_used_again() throws IOException {
        var log = open(8 * SEGMENT);
        var positions = append(log, many(150));
        assertThat(names()).hasSize(6);
        log.acknowledge(positions[149]);
        assertThat(names()).containsExactly("0000000000000004.log", "lock", "mark", "spare.log");
        append(log, many(60));
        assertThat(names()).containsExactly("0000000000000004.log", "0000000000000005.log", "lock", "mark");
    }

    @Test
    void a_batch_is_read_up_to_both_bounds_but_one_entry_at_least() throws IOException {
        var log = open(8 * SEGMENT);
        append(log, "12345", "12345", "12345");
        assertThat(log.read(5, 1)).hasSize(1);
        assertThat(log.read(5, 10)).hasSize(2);
    }

    @Test
    void a_second_opener_is_told_so() throws IOException {
        open(8 * SEGMENT);
        assertThatThrownBy(() -> open(8 * SEGMENT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("locked");
    }

    @Test
    void a_body_too_large_is_refused_before_anything_is_written() throws IOException {
        var log = open(8 * SEGMENT);
        assertThatThrownBy(() -> log.append(List.of(new byte[1], new byte[SEGMENT])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(log.isEmpty()).isTrue();
    }

    @Test
    void the_largest_body_goes_in_and_out() throws IOException {
        var body = new byte[64 * 1024];
        Arrays.fill(body, (byte) 0xF5);
        try (var log = SegmentLog.open(new NioDisk(), temp.resolve("log"), 1 << 20, 1 << 18, e -> {}, damage::add)) {
            assertThat(log.append(List.of(body, body, body, body, body))).hasSize(5);
            assertThat(log.read(9, Integer.MAX_VALUE))
                    .hasSize(5)
                    .allSatisfy(e -> assertThat(e.body()).isEqualTo(body));
            assertThatThrownBy(() -> log.append(List.of(new byte[64 * 1024 + 1])))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void what_is_no_file_but_has_the_name_of_one_is_moved_aside() throws IOException {
        open(8 * SEGMENT).close();
        for (var name : List.of("0000000000000007.log", "spare.log", "mark")) {
            Files.createDirectories(temp.resolve("log").resolve(name).resolve("inner"));
        }
        var log = open(8 * SEGMENT);
        assertThat(damage).hasSize(3);
        assertThat(append(log, "a")).hasSize(1);
        assertThat(names())
                .contains("mark")
                .filteredOn(name -> name.startsWith("damaged-"))
                .hasSize(3);
    }

    @Test
    void inspection_sees_what_waits_while_the_log_is_open() throws IOException {
        var log = open(8 * SEGMENT);
        var positions = append(log, many(100));
        log.acknowledge(positions[49]);
        var seen = new ArrayList<String>();
        var summary = SegmentLog.inspect(temp.resolve("log"), entry -> seen.add(text(entry)));
        assertThat(seen).containsExactly(Arrays.copyOfRange(many(100), 50, 100));
        assertThat(summary.entries()).isEqualTo(50);
        assertThat(summary.bytes()).isEqualTo(log.bytes());
        assertThat(summary.damaged()).isZero();
    }

    private SegmentLog open(long maxBytes) throws IOException {
        found.clear();
        var log = SegmentLog.open(
                new NioDisk(), temp.resolve("log"), maxBytes, SEGMENT, e -> found.add(text(e)), damage::add);
        open.add(log);
        return log;
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(temp.resolve("log"))) {
            return files.map(path -> String.valueOf(path.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static String[] many(int count) {
        var texts = new String[count];
        Arrays.setAll(texts, i -> "entry " + i);
        return texts;
    }

    private static long[] append(SegmentLog log, String... texts) throws IOException {
        return log.append(Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    private static List<String> read(SegmentLog log, int count) throws IOException {
        return log.read(count, Integer.MAX_VALUE).stream()
                .map(SegmentLogTest::text)
                .toList();
    }

    private static String text(SegmentLog.Entry entry) {
        return new String(entry.body(), StandardCharsets.UTF_8);
    }
}
