package io.walnutedge.outbox.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The position up to which everything is done, in a small file written in place and never synced: a stale mark means
 * duplicates, nothing else. Two slots in sectors of their own are written in turn, so that a torn write leaves the last
 * mark but one.
 *
 * <pre>
 *   0                    512                  1024
 *   | slot 0             | slot 1             |
 *   slot: magic 4 | turn 8 | position 8 | CRC32C of these 4      (big-endian; the sound slot with the highest turn holds)
 * </pre>
 */
public final class AckMark implements Closeable {
    public static final String NAME = "mark";
    private static final int MAGIC = 0xF5F7FB4D;
    private static final int SECTOR = 512;
    private static final int FILE_BYTES = 2 * SECTOR;
    private static final int CHECKED_BYTES = 20;
    private static final int SLOT_BYTES = 24;

    private final Disk disk;
    private final Path path;
    private Disk.@Nullable DiskFile file;
    private @Nullable Object identity;
    private long turn;
    private long position;
    private boolean readable = true;

    AckMark(Disk disk, Path dir) {
        this.disk = disk;
        this.path = dir.resolve(NAME);
    }

    /** Up to and including here everything is done; 0 is before the first. */
    long position() {
        return position;
    }

    /** False if both slots were written and neither is sound; one that was torn in writing is ordinary. */
    boolean isReadable() {
        return readable;
    }

    /** Reads the file, which must exist. */
    void load() throws IOException {
        var bytes = ByteBuffer.allocate(FILE_BYTES);
        try (var reading = disk.openRead(path)) {
            while (bytes.hasRemaining() && reading.readAt(bytes, bytes.position()) >= 0) {
                // as far as it goes
            }
        }
        var first = take(bytes.slice(0, SLOT_BYTES));
        var second = take(bytes.slice(SECTOR, SLOT_BYTES));
        readable = first || second;
    }

    /** False if the slot is neither sound nor blank. */
    private boolean take(ByteBuffer slot) {
        var sound = slot.getInt(0) == MAGIC && slot.getInt(CHECKED_BYTES) == crc(slot) && slot.getLong(12) >= 0;
        if (sound && slot.getLong(4) >= turn) {
            turn = slot.getLong(4);
            position = Math.max(position, slot.getLong(12));
        }
        return sound || slot.equals(ByteBuffer.allocate(SLOT_BYTES));
    }

    /** Makes the file, so that there is room for it later. */
    void prepare() throws IOException {
        prepared();
    }

    private Disk.DiskFile prepared() throws IOException {
        var open = file;
        if (open == null) {
            open = disk.exists(path) ? changeable() : created();
            file = open;
            identity = disk.identity(path);
        }
        return open;
    }

    /** One that this process may not write is made anew: up to here everything is done all the same. */
    private Disk.DiskFile changeable() throws IOException {
        try {
            return disk.open(path);
        } catch (IOException refused) {
            if (!disk.isRefused(refused)) {
                throw refused;
            }
            return created();
        }
    }

    /** Whether its name still belongs to it, as far as it was written to. */
    boolean hasItsName() throws IOException {
        return identity == null || disk.isStill(path, identity);
    }

    /** Up to here everything was done before, whatever the file says. */
    void known(long done) {
        position = Math.max(position, done);
    }

    private Disk.DiskFile created() throws IOException {
        var made = disk.create(path);
        try {
            made.writeAt(ByteBuffer.allocate(FILE_BYTES), 0);
        } catch (IOException e) {
            made.close();
            throw e;
        }
        return made;
    }

    /** Everything up to and including the position is done; if the write fails, the next one goes to the same slot. */
    void advance(long done) throws IOException {
        position = done;
        var slot = ByteBuffer.allocate(SLOT_BYTES);
        slot.putInt(MAGIC).putLong(turn + 1).putLong(done);
        slot.putInt(crc(slot)).flip();
        prepared().writeAt(slot, (turn + 1) % 2 * SECTOR);
        turn++;
    }

    private static int crc(ByteBuffer slot) {
        var crc = new CRC32C();
        crc.update(slot.slice(0, CHECKED_BYTES));
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
