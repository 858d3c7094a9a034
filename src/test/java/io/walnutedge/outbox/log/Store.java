package io.walnutedge.outbox.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What the tests of the log share: a directory that is none, bodies, and an opening whose outcome can be looked at. */
final class Store {
    static final Path DIR = Path.of("/outbox");

    private Store() {}

    /** What one opening found and told. */
    static final class Opened implements AutoCloseable {
        final List<SegmentLog.Entry> found = new ArrayList<>();
        final List<String> damage = new ArrayList<>();
        final SegmentLog log;

        Opened(Disk disk, long maxBytes, int segmentBytes) throws IOException {
            log = SegmentLog.open(disk, DIR, maxBytes, segmentBytes, found::add, damage::add);
        }

        List<Long> positions() {
            return found.stream().map(SegmentLog.Entry::position).toList();
        }

        @Override
        public void close() throws IOException {
            log.close();
        }
    }

    /** Entries in a form that can be compared and shown. */
    static List<String> plain(List<SegmentLog.Entry> entries) {
        return entries.stream()
                .map(entry -> entry.position() + " " + new String(entry.body(), StandardCharsets.ISO_8859_1))
                .toList();
    }

    static Path segment(long number) {
        return DIR.resolve(Format.name(number));
    }

    static List<byte[]> bodies(Random random, int count, int maxLength) {
        var bodies = new ArrayList<byte[]>();
        for (var i = 0; i < count; i++) {
            var body = new byte[random.nextInt(maxLength + 1)];
            random.nextBytes(body);
            bodies.add(body);
        }
        return bodies;
    }

    /** A seed, printed and taken back by {@code -Doutbox.seed=}. */
    static long seed(String test) {
        var seed = Long.getLong("outbox.seed", System.nanoTime());
        System.out.println(test + ": -Doutbox.seed=" + seed);
        return seed;
    }
}
