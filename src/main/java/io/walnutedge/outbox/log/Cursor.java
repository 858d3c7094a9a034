package io.walnutedge.outbox.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A place in the log from which entries are read in order; what it meets was sound when the log was opened. */
final class Cursor {
    private final Disk disk;
    private @Nullable Segment segment;
    private @Nullable Scanner scanner;
    private int offset;
    private int previous;

    Cursor(Disk disk) {
        this.disk = disk;
    }

    void to(Segment to, int from) {
        if (segment != to) {
            segment = to;
            scanner = new Scanner(() -> to.file(disk), to.number, false);
        }
        offset = from;
    }

    void reset() {
        segment = null;
        scanner = null;
    }

    boolean isIn(Segment other) {
        return segment == other;
    }

    boolean isBefore(Segment other) {
        return segment == null || segment.number < other.number;
    }

    /** Behind the last entry that was read. */
    int offset() {
        return offset;
    }

    /** The entry read last is read again. */
    void back() {
        offset = previous;
    }

    /** The next entry of this segment that is not done, or null at its end. */
    SegmentLog.@Nullable Entry next() throws IOException {
        if (segment == null || scanner == null) {
            return null;
        }
        offset = Math.max(offset, segment.start);
        while (offset < segment.end) {
            var record = scanner.find(offset, segment.end);
            if (record == null && segment.torn) {
                offset = segment.end;
                return null;
            }
            if (record == null || (record.offset() != offset && !segment.torn)) {
                throw new IOException(segment.path + " was damaged at byte " + offset + " since it was opened");
            }
            previous = record.offset();
            offset = record.end();
            if (record.isEntry()) {
                return new SegmentLog.Entry(Format.position(segment.number, previous), record.body());
            }
        }
        return null;
    }
}
