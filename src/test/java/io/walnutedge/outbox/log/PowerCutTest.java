package io.walnutedge.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Power cuts: the writes, changes of names and syncs of random work are noted, and the log is opened on what every prefix of
 * them may leave: what was synced is there, of the rest any part, torn at sectors.
 */
class PowerCutTest {
    private static final int SEGMENT = 2048;
    private static final long MAX = 6 * SEGMENT;
    private static final int NEVER = Integer.MAX_VALUE;

    /** By position: the body, and by which operation it was synced and begun to be done. */
    private final TreeMap<Long, String> bodies = new TreeMap<>();

    private final Map<Long, Integer> syncedAt = new HashMap<>();
    private final Map<Long, Integer> doneAt = new HashMap<>();
    private final Random random = new Random(Store.seed("power cut"));

    @Test
    void what_was_synced_and_is_not_done_survives_and_nothing_is_invented() throws IOException {
        for (var run = Integer.getInteger("outbox.runs", 8); run > 0; run--) {
            var disk = new MemoryDisk();
            for (var life = 0; life < 3; life++) {
                disk = liveAndDie(disk);
            }
        }
    }

    /** Works on a disk, checks every prefix of the work, and returns one of the images for the next life. */
    private MemoryDisk liveAndDie(MemoryDisk disk) throws IOException {
        bodies.clear();
        syncedAt.clear();
        doneAt.clear();
        var before = disk.startNoting();
        for (var process = 0; process < 3; process++) {
            try (var opened = new Store.Opened(disk, MAX, SEGMENT)) {
                for (var entry : opened.found) {
                    if (process == 0) {
                        bodies.put(entry.position(), text(entry.body()));
                        syncedAt.put(entry.position(), 0);
                    }
                }
                for (var step = random.nextInt(40); step > 0; step--) {
                    step(disk, opened.log);
                }
            }
            // closed without a sync, which is what a kill does
        }
        for (var cut = 0; cut <= disk.operations(); cut++) {
            for (var variant = 0; variant < 3; variant++) {
                check(disk.afterPowerCut(before, cut, random), cut);
            }
        }
        return disk.afterPowerCut(before, random.nextInt(disk.operations() + 1), random);
    }

    private void step(MemoryDisk disk, SegmentLog log) throws IOException {
        switch (random.nextInt(7)) {
            case 0, 1, 2, 3 -> append(log);
            case 4 -> sync(disk, log);
            case 5 -> acknowledge(disk, log);
            default -> drop(disk, log);
        }
    }

    private void append(SegmentLog log) throws IOException {
        var some = Store.bodies(random, 1 + random.nextInt(10), 200);
        var positions = log.append(some);
        for (var i = 0; i < positions.length; i++) {
            assertThat(bodies.put(positions[i], text(some.get(i)))).isNull();
        }
    }

    private void sync(MemoryDisk disk, SegmentLog log) throws IOException {
        log.sync();
        bodies.keySet().forEach(position -> syncedAt.putIfAbsent(position, disk.operations()));
    }

    private void acknowledge(MemoryDisk disk, SegmentLog log) throws IOException {
        var entries = log.read(1 + random.nextInt(60), 100_000);
        if (!entries.isEmpty()) {
            var position = entries.get(entries.size() - 1).position();
            done(position, disk.operations());
            log.acknowledge(position);
        }
    }

    private void drop(MemoryDisk disk, SegmentLog log) throws IOException {
        if (random.nextInt(3) == 0) {
            var at = disk.operations();
            for (var entry : log.dropOldest()) {
                done(entry.position(), at);
            }
        }
    }

    private void done(long position, int at) {
        bodies.headMap(position, true).keySet().forEach(done -> doneAt.putIfAbsent(done, at));
    }

    private void check(MemoryDisk image, int cut) throws IOException {
        Set<Long> found = new HashSet<>();
        try (var opened = new Store.Opened(image, MAX, SEGMENT)) {
            var last = 0L;
            for (var entry : opened.found) {
                assertThat(entry.position()).isGreaterThan(last);
                last = entry.position();
                assertThat(text(entry.body())).isEqualTo(bodies.get(last));
                found.add(last);
            }
            assertThat(opened.log.entries()).isEqualTo(found.size());
        }
        for (var position : bodies.keySet()) {
            if (syncedAt.getOrDefault(position, NEVER) <= cut && doneAt.getOrDefault(position, NEVER) >= cut) {
                assertThat(found).as("cut after %d operations", cut).contains(position);
            }
        }
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1);
    }
}
