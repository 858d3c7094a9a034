package io.walnutedge.sensor.files;

import io.walnutedge.sensor.SensorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A regular file that is read again and again, as what its name means at each read. Its descriptor is kept while the name
 * leads to the same file, which spares opening it; nobody else can get the number of a file that is kept open (inode(7)), so that
 * another file of the name is always noticed. One thread at a time.
 */
public final class KeptFile implements AutoCloseable {
    private final Path path;
    private @Nullable FileChannel channel;
    private @Nullable Object key;

    public KeptFile(Path path) {
        this.path = path;
    }

    /**
     * Reads from the beginning of the file, until it ends or the buffer is full.
     *
     * @return whether the file ended
     * @throws SensorException as {@link RegularFile#open}, or if it cannot be read
     */
    public boolean read(ByteBuffer bytes) throws SensorException {
        var now = keyOfName();
        var kept = channel;
        if (kept == null || !kept.isOpen() || !Objects.equals(key, now)) {
            close();
            kept = RegularFile.open(path);
            channel = kept;
            key = now;
        }
        try {
            return RegularFile.readAll(kept, bytes);
        } catch (IOException failed) {
            close();
            throw RegularFile.unreadable(path, failed);
        }
    }

    /** A file that lost its name is not held any longer. */
    private @Nullable Object keyOfName() throws SensorException {
        try {
            return RegularFile.key(path);
        } catch (SensorException gone) {
            close();
            throw gone;
        }
    }

    @Override
    public void close() {
        var old = channel;
        channel = null;
        key = null;
        if (old != null) {
            try {
                old.close();
            } catch (IOException nothingToLose) {
                // it was open for reading only
                return;
            }
        }
    }
}
