package io.walnutedge.outbox;

import io.walnutedge.outbox.log.Entry;
import io.walnutedge.outbox.log.SegmentLog;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What lies in an outbox's store, seen from outside: also while a daemon uses it. Immutable; any thread.
 *
 * @param items that wait
 * @param bytes of the files, on the disk
 * @param aside files with damage or of another kind that were moved aside
 * @param sources by name
 */
public record StoredItems(long items, long bytes, int aside, Map<String, Source> sources) {
    /** The source of what cannot be read. */
    static final String UNKNOWN = "(unknown)";

    /**
     * What lies there of one source.
     *
     * @param items that wait
     * @param dropped items that are gone, a loss that nobody was told of yet
     * @param oldest when the first of them was added
     * @param newest when the last of them was added
     */
    public record Source(long items, long dropped, Instant oldest, Instant newest) {
        private Source plus(Source other) {
            return new Source(
                    items + other.items,
                    dropped + other.dropped,
                    oldest.isBefore(other.oldest) ? oldest : other.oldest,
                    newest.isAfter(other.newest) ? newest : other.newest);
        }
    }

    /** Looks into a store and changes nothing; one that is not there is empty. */
    public static StoredItems in(Path directory) throws IOException {
        var sources = new TreeMap<String, Source>();
        try {
            var summary = SegmentLog.inspect(directory, stored -> {
                try {
                    add(sources, Entry.decode(stored.body()));
                } catch (IllegalArgumentException alien) {
                    sources.merge(UNKNOWN, new Source(1, 0, Instant.EPOCH, Instant.EPOCH), Source::plus);
                }
            });
            var items = sources.values().stream().mapToLong(Source::items).sum();
            return new StoredItems(items, summary.fileBytes(), summary.aside(), Map.copyOf(sources));
        } catch (NoSuchFileException none) {
            return new StoredItems(0, 0, 0, Map.of());
        }
    }

    private static void add(Map<String, Source> sources, Entry entry) {
        var source = entry.gap()
                .map(gap -> new Source(0, gap.count(), gap.from(), gap.to()))
                .orElseGet(() ->
                        new Source(1, 0, entry.added().wall(), entry.added().wall()));
        sources.merge(entry.source(), source, Source::plus);
    }
}
