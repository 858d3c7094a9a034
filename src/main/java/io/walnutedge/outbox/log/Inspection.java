package io.walnutedge.outbox.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Looks at a log without a lock, while another process may write it; changes nothing. */
final class Inspection {
    private final Disk disk;
    private final Path dir;
    private final AckMark mark;
    private final TreeMap<Long, Segment> segments = new TreeMap<>();
    private int aside;
    private int damaged;
    private long entries;
    private long bytes;
    private long fileBytes;

    Inspection(Disk disk, Path dir) {
        this.disk = disk;
        this.dir = dir;
        this.mark = new AckMark(disk, dir);
    }

    SegmentLog.Summary run(Consumer<SegmentLog.Entry> found) throws IOException {
        // before the files: what is delivered meanwhile may be shown, what waits is never left out
        try {
            mark.load();
        } catch (NoSuchFileException e) {
            // a new log has none
        }
        for (var listed : disk.list(dir)) {
            look(listed);
        }
        for (var segment : segments.values()) {
            if (segment.number >= Format.numberOf(mark.position())) {
                scan(segment, found);
            }
        }
        return new SegmentLog.Summary(entries, bytes, segments.size(), fileBytes, damaged, aside);
    }

    private void look(Disk.Listed listed) throws IOException {
        var number = Format.number(listed.name());
        if (listed.name().startsWith(DamagedFiles.PREFIX)) {
            aside++;
        } else if (listed.regular() && (number > 0 || listed.name().equals(SegmentFiles.SPARE))) {
            file(listed.name(), number);
        }
    }

    private void file(String name, long number) throws IOException {
        try (var file = disk.openRead(dir.resolve(name))) {
            var size = file.size();
            fileBytes += size;
            var header = Scanner.header(file);
            var own = header == null ? number : header.number();
            if (number > 0 && size <= Integer.MAX_VALUE && (header == null || header.version() == Format.VERSION)) {
                var segment = new Segment(own, dir.resolve(name), (int) size);
                segments.merge(own, segment, (a, b) -> number == own ? b : a);
            }
        } catch (NoSuchFileException e) {
            // it was done in the meantime
        }
    }

    private void scan(Segment segment, Consumer<SegmentLog.Entry> found) throws IOException {
        try (var file = disk.openRead(segment.path)) {
            var scan = new SegmentScan(segment, file);
            scan.run(mark.position(), found);
            entries += segment.entries;
            bytes += segment.bytes();
            damaged += scan.gaps().isEmpty() ? 0 : 1;
        } catch (NoSuchFileException e) {
            // it was done in the meantime
        }
    }
}
