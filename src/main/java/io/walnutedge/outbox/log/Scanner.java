package io.walnutedge.outbox.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Finds the sound records of one segment's file, through a window of its bytes; single-threaded. */
final class Scanner {
    /** Room for the largest record, in whole pages. */
    private static final int WINDOW_BYTES = 17 * 4096;

    private static final int PIECE_BYTES = 4096;

    private final Source source;
    private final long number;
    private final boolean tolerant;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private int start;

    /** Where the bytes come from; asked each time, for the file may have been closed in between. */
    interface Source {
        Disk.DiskFile file() throws IOException;
    }

    /** A sound record: where it stands, and its body if it is an entry. */
    @SuppressWarnings("ArrayRecordComponent")
    record Found(int kind, int offset, int end, byte[] body) {
        boolean isEntry() {
            return kind == Format.ENTRY;
        }
    }

    /**
     * @param number the segment whose records count
     * @param tolerant whether blocks that the disk cannot read count as zeros, as long as it can read some
     */
    Scanner(Source source, long number, boolean tolerant) {
        this.source = source;
        this.number = number;
        this.tolerant = tolerant;
    }

    /** The file's header, or null if there is no sound one. */
    static Format.@Nullable Header header(Disk.DiskFile file) throws IOException {
        if (file.size() < Format.HEADER_BYTES) {
            return null;
        }
        var scanner = new Scanner(() -> file, 0, true);
        scanner.need(0, Format.HEADER_BYTES, (int) Math.min(file.size(), PIECE_BYTES));
        return Format.header(scanner.window);
    }

    /** The first sound record that starts at or after one offset and ends at or before another. */
    @Nullable Found find(int from, int to) throws IOException {
        for (var at = from; at <= to - Format.RECORD_BYTES; at++) {
            need(at, Format.RECORD_BYTES, to);
            var kind = window.getInt(at - start);
            if ((kind & Format.MAGIC_MASK) == Format.MAGIC) {
                var found = check(kind, at, to);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private @Nullable Found check(int kind, int at, int to) throws IOException {
        var length = window.getInt(at - start + 4);
        var crc = window.getInt(at - start + 8);
        if (length < 0 || length > to - at - Format.RECORD_BYTES || !isPlausible(kind, length)) {
            return null;
        }
        var inBody = kind == Format.ENTRY ? length : 0;
        need(at, Format.RECORD_BYTES + inBody, to);
        var body = window.slice(at - start + Format.RECORD_BYTES, inBody);
        if (crc != Format.crc(kind, length, number, at, body.duplicate())) {
            return null;
        }
        var bytes = new byte[inBody];
        body.get(bytes);
        return new Found(kind, at, at + Format.RECORD_BYTES + length, bytes);
    }

    private static boolean isPlausible(int kind, int length) {
        return switch (kind) {
            case Format.ENTRY -> length <= Format.MAX_BODY;
            case Format.SEAL -> length == 0;
            default -> kind == Format.FILLER;
        };
    }

    private void need(int at, int length, int to) throws IOException {
        if (at >= start && at + length <= start + window.limit()) {
            return;
        }
        var wanted = Math.min(WINDOW_BYTES, to - at);
        if (window.capacity() < wanted) {
            window = ByteBuffer.allocate(wanted);
        }
        start = at;
        window.clear();
        try {
            fill(window.slice(0, wanted), at);
        } catch (IOException e) {
            if (!tolerant) {
                throw e;
            }
            fillInPieces(wanted, at, e);
        }
        window.limit(wanted);
    }

    private void fill(ByteBuffer bytes, int at) throws IOException {
        var file = source.file();
        while (bytes.hasRemaining()) {
            if (file.readAt(bytes, at + (long) bytes.position()) < 0) {
                throw new EOFException("file of segment " + number + " became shorter");
            }
        }
    }

    /** A worn card fails in single blocks; a disk that reads nothing at all is another matter. */
    private void fillInPieces(int wanted, int at, IOException cause) throws IOException {
        var read = 0;
        for (var from = 0; from < wanted; from += PIECE_BYTES) {
            var length = Math.min(PIECE_BYTES, wanted - from);
            try {
                fill(window.slice(from, length), at + from);
                read++;
            } catch (IOException e) {
                if (e != cause) {
                    cause.addSuppressed(e);
                }
                window.put(from, new byte[length]);
            }
        }
        if (read == 0) {
            throw cause;
        }
    }
}
