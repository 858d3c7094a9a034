package io.walnutedge.outbox.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads a whole segment as it is found on a disk, damaged perhaps; changes nothing. */
final class SegmentScan {
    /** Bytes that are no record. */
    record Gap(int from, int to) {}

    private final Segment segment;
    private final Scanner scanner;
    private final List<Gap> gaps = new ArrayList<>();

    SegmentScan(Segment segment, Disk.DiskFile file) {
        this.segment = segment;
        this.scanner = new Scanner(() -> file, segment.number, true);
    }

    /** Whether there is a sound record at all. */
    boolean hasRecord() throws IOException {
        return scanner.find(Format.HEADER_BYTES, segment.size) != null;
    }

    /** Hands out what lies behind the mark and sets what the segment knows of itself. */
    void run(long mark, Consumer<SegmentLog.Entry> found) throws IOException {
        while (!segment.sealed) {
            var record = scanner.find(segment.end, segment.size);
            if (record == null) {
                break;
            }
            if (record.offset() > segment.end) {
                gaps.add(new Gap(segment.end, record.offset()));
            }
            take(record, mark, found);
        }
        if (segment.entries == 0) {
            segment.start = segment.end;
        }
    }

    private void take(Scanner.Found record, long mark, Consumer<SegmentLog.Entry> found) {
        segment.end = record.end();
        segment.sealed = record.kind() == Format.SEAL;
        if (!record.isEntry()) {
            return;
        }
        segment.last = record.offset();
        if (segment.lastPosition() > mark) {
            if (segment.entries++ == 0) {
                segment.start = record.offset();
            }
            found.accept(new SegmentLog.Entry(segment.lastPosition(), record.body()));
        }
    }

    /** Stretches of damage between sound records. */
    List<Gap> gaps() {
        return gaps;
    }

    /** Whether something is missing at the end, if the segment is one that was completed. */
    boolean isCut() {
        return !segment.sealed && segment.size - segment.end >= Format.RECORD_BYTES;
    }
}
