package io.walnutedge.outbox.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens what a directory holds: finds every sound entry, keeps a copy of what is damaged, and bridges damage in place so
 * that the log is whole again and the next start has nothing to tell.
 */
final class Recovery {
    /** A file with a segment's name, and whether its header is sound. */
    private record Candidate(String name, long number, int size, boolean sound) {}

    private final Disk disk;
    private final Path dir;
    private final AckMark mark;
    private final SegmentFiles files;
    private final DamagedFiles aside;
    private final SegmentLog.Report report;
    private final TreeMap<Long, Candidate> candidates = new TreeMap<>();
    private final List<Segment> segments = new ArrayList<>();
    private final TreeSet<Long> unread = new TreeSet<>();
    private @Nullable Hindrance hindrance;

    Recovery(Disk disk, Path dir, AckMark mark, SegmentFiles files, SegmentLog.Report report) {
        this.disk = disk;
        this.dir = dir;
        this.mark = mark;
        this.files = files;
        this.aside = new DamagedFiles(disk, dir);
        this.report = report;
    }

    /**
     * The segments that are not done, in order; the last one may be appended to unless it is sealed.
     *
     * @param unreadBefore of which nothing is done, whatever the mark says
     */
    List<Segment> run(Set<Long> unreadBefore, Consumer<SegmentLog.Entry> found) throws IOException {
        var listed = new ArrayList<>(disk.list(dir));
        listed.sort((a, b) -> a.name().compareTo(b.name()));
        for (var entry : listed) {
            look(entry);
        }
        files.taken(Format.numberOf(mark.position()));
        for (var candidate : List.copyOf(candidates.descendingMap().values())) {
            dismissIfAlien(candidate);
        }
        for (var candidate : candidates.values()) {
            var fresh = unreadBefore.contains(candidate.number()) && unread.add(candidate.number());
            var done = fresh ? 0 : mark.position();
            scan(candidate, candidate.number() == candidates.lastKey(), done, found);
        }
        sealUnlessWritable();
        retireDone();
        return segments;
    }

    /** The first file that could not be read or written as it should have been. */
    @Nullable Hindrance hindrance() {
        return hindrance;
    }

    /** Segments that cannot be read, or could not before: the mark tells nothing of them. */
    Set<Long> unread() {
        return unread;
    }

    private void hindered(Path path, boolean writing, IOException why) {
        hindrance = hindrance == null ? new Hindrance(path, writing, why) : hindrance;
    }

    private void look(Disk.Listed entry) throws IOException {
        var number = Format.number(entry.name());
        var ours = number > 0 || Set.of(AckMark.NAME, SegmentFiles.SPARE).contains(entry.name());
        if (ours && !entry.regular()) {
            setAside(entry.name(), "is not a file");
        } else if (number > 0) {
            candidate(entry.name(), number);
        } else if (entry.name().equals(AckMark.NAME)) {
            loadMark();
        } else if (entry.name().equals(SegmentFiles.SPARE)) {
            foundSpare();
        }
    }

    private void foundSpare() throws IOException {
        try {
            files.foundSpare();
        } catch (IOException undeletable) {
            hindered(dir.resolve(SegmentFiles.SPARE), true, undeletable);
        }
    }

    private void loadMark() throws IOException {
        try {
            mark.load();
        } catch (IOException unreadable) {
            hindered(dir.resolve(AckMark.NAME), false, unreadable);
            report.damaged("the mark of what was delivered cannot be read: all that is stored is sent again");
        }
        if (!mark.isReadable()) {
            report.damaged("the mark of what was delivered is damaged: all that is stored is sent again");
        }
    }

    private void candidate(String name, long number) throws IOException {
        try (var file = disk.openRead(dir.resolve(name))) {
            var size = file.size();
            var header = Scanner.header(file);
            if (header != null && header.version() != Format.VERSION) {
                setAside(name, "has format version " + header.version());
            } else if (size > Integer.MAX_VALUE) {
                setAside(name, "has " + size + " bytes");
            } else {
                var own = header == null ? number : header.number();
                candidate(new Candidate(name, own, (int) size, header != null));
            }
        } catch (IOException unreadable) {
            if (!disk.isRefused(unreadable)) {
                throw unreadable;
            }
            // it waits until somebody makes it readable
            hindered(dir.resolve(name), false, unreadable);
            files.taken(number);
            unread.add(number);
        }
    }

    /** Where two files claim to be one segment, a sound header tells, then the name. */
    private void candidate(Candidate candidate) throws IOException {
        var other = candidates.get(candidate.number());
        if (other == null) {
            candidates.put(candidate.number(), candidate);
            return;
        }
        var better = rank(candidate) > rank(other);
        if (better) {
            candidates.put(candidate.number(), candidate);
        }
        setAside((better ? other : candidate).name(), "is segment " + candidate.number() + " a second time");
    }

    private static int rank(Candidate candidate) {
        return (candidate.sound() ? 2 : 0) + (Format.number(candidate.name()) == candidate.number() ? 1 : 0);
    }

    private void setAside(String name, String why) throws IOException {
        try {
            report.damaged(name + " " + why + ": moved to " + aside.move(name));
            disk.syncDirectory(dir);
        } catch (IOException unmovable) {
            hindered(dir.resolve(name), true, unmovable);
            report.damaged(name + " " + why + ", and cannot be moved away");
        }
    }

    /** Without a sound header it takes a sound record to be a segment of this log. */
    private void dismissIfAlien(Candidate candidate) throws IOException {
        if (candidate.sound()) {
            return;
        }
        boolean blank;
        try (var file = disk.openRead(dir.resolve(candidate.name()))) {
            if (new SegmentScan(segment(candidate), file).hasRecord()) {
                return;
            }
            blank = isBlank(file);
        }
        files.taken(candidate.number());
        if (blank && candidate.number() == candidates.lastKey()) {
            // the power went between a new segment's name and its first bytes: nothing was in it
            try {
                disk.delete(dir.resolve(candidate.name()));
            } catch (IOException undeletable) {
                hindered(dir.resolve(candidate.name()), true, undeletable);
            }
        } else {
            setAside(candidate.name(), "is no segment of this log");
        }
        candidates.remove(candidate.number());
    }

    private Segment segment(Candidate candidate) {
        return new Segment(candidate.number(), dir.resolve(candidate.name()), candidate.size());
    }

    private void scan(Candidate candidate, boolean last, long done, Consumer<SegmentLog.Entry> found)
            throws IOException {
        var segment = segment(candidate);
        segment.named(disk);
        files.found(segment);
        segments.add(segment);
        if (segment.number < Format.numberOf(done)) {
            return;
        }
        try (var file = disk.openRead(segment.path)) {
            var scan = new SegmentScan(segment, file);
            scan.run(done, found);
            repair(candidate, segment, scan, !last && scan.isCut());
        }
    }

    private static boolean isBlank(Disk.DiskFile file) throws IOException {
        var header = ByteBuffer.allocate(Format.HEADER_BYTES);
        while (header.hasRemaining() && file.readAt(header, header.position()) >= 0) {
            // as far as it goes
        }
        return header.flip().equals(ByteBuffer.allocate(header.limit()));
    }

    private void repair(Candidate candidate, Segment segment, SegmentScan scan, boolean cut) throws IOException {
        if (candidate.sound() && scan.gaps().isEmpty() && !cut) {
            return;
        }
        var lost = scan.gaps().stream().mapToLong(gap -> gap.to() - gap.from()).sum();
        report.damaged(candidate.name() + " is damaged (header " + (candidate.sound() ? "sound" : "lost") + ", " + lost
                + " bytes lost in " + scan.gaps().size() + " places, end " + (cut ? "missing" : "sound") + "): "
                + segment.entries + " sound entries wait in it, " + aside.copy(candidate.name()));
        try (var file = disk.open(segment.path)) {
            bridge(file, candidate, segment, scan, cut);
        } catch (IOException unwritable) {
            hindered(segment.path, true, unwritable);
            segment.torn = true;
            segment.sealed = true;
        }
    }

    private static void bridge(Disk.DiskFile file, Candidate candidate, Segment segment, SegmentScan scan, boolean cut)
            throws IOException {
        if (!candidate.sound()) {
            file.writeAt(Format.header(segment.number), 0);
        }
        for (var gap : scan.gaps()) {
            var skipped = gap.to() - gap.from() - Format.RECORD_BYTES;
            file.writeAt(Format.bare(Format.FILLER, skipped, segment.number, gap.from()), gap.from());
        }
        if (cut) {
            file.writeAt(Format.bare(Format.SEAL, 0, segment.number, segment.end), segment.end);
            segment.end += Format.RECORD_BYTES;
            segment.sealed = true;
        }
    }

    /** What may only be read is sent, and what is new goes to another file. */
    private void sealUnlessWritable() throws IOException {
        var last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        if (last == null || last.sealed) {
            return;
        }
        if (!unread.isEmpty() && unread.last() > last.number) {
            last.sealed = true;
            return;
        }
        try {
            disk.open(last.path).close();
        } catch (IOException unwritable) {
            hindered(last.path, true, unwritable);
            last.sealed = true;
        }
    }

    /** The last one stays to be appended to, unless the mark lies behind its end: positions are not given twice. */
    private void retireDone() throws IOException {
        for (var segment : List.copyOf(segments)) {
            var last = segment == segments.get(segments.size() - 1);
            var usable = last && !segment.sealed && mark.position() <= segment.lastPosition();
            if (segment.entries == 0 && !usable) {
                try {
                    files.retire(segment);
                } catch (IOException undeletable) {
                    hindered(segment.path, true, undeletable);
                }
                segments.remove(segment);
            }
        }
    }
}
