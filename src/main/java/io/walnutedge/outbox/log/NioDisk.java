package io.walnutedge.outbox.log;

import io.walnutedge.files.Errno;
import io.walnutedge.files.OwnFile;
import io.walnutedge.files.UnusableFileException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real disk, over {@link FileChannel}. */
public class NioDisk implements Disk {
    private static final Logger LOG = LoggerFactory.getLogger(NioDisk.class);

    @Override
    public boolean createDirectories(Path dir) throws IOException {
        return OwnFile.createDirectories(dir);
    }

    @Override
    public List<Listed> list(Path dir) throws IOException {
        var all = new ArrayList<Listed>();
        try (var stream = Files.newDirectoryStream(dir)) {
            for (var path : stream) {
                all.add(new Listed(
                        String.valueOf(path.getFileName()), Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)));
            }
        }
        return all;
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Object identity(Path path) throws IOException {
        return OwnFile.identity(path);
    }

    @Override
    public DiskFile openRead(Path path) throws IOException {
        return new ChannelFile(OwnFile.read(path));
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        return new ChannelFile(OwnFile.change(path));
    }

    @Override
    public DiskFile create(Path path) throws IOException {
        return new ChannelFile(OwnFile.create(path));
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.delete(path);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void syncDirectory(Path dir) throws IOException {
        OwnFile.syncDirectory(dir);
    }

    @Override
    public Closeable lock(Path path) throws IOException {
        FileChannel channel;
        try {
            channel = OwnFile.openOrCreate(path);
        } catch (FileSystemException refused) {
            if (refused instanceof UnusableFileException || !isRefused(refused)) {
                throw refused;
            }
            return lockOfAnother(path);
        }
        return locked(path, channel, false);
    }

    /** A shared lock needs only to read, and tells as well whether another process has the file. */
    private static Closeable lockOfAnother(Path path) throws IOException {
        Closeable held = () -> {};
        try {
            held = locked(path, OwnFile.read(path), true);
        } catch (FileSystemException unreadable) {
            LOG.debug("{} cannot be asked for a lock", path, unreadable);
        }
        try {
            var own = locked(path, OwnFile.create(path), false);
            held.close();
            return own;
        } catch (FileSystemException unchangeable) {
            LOG.debug("{} cannot be made anew; nothing here can be changed", path, unchangeable);
            return held;
        }
    }

    private static Closeable locked(Path path, FileChannel channel, boolean shared) throws IOException {
        try {
            if (channel.tryLock(0, Long.MAX_VALUE, shared) != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException(path + " is locked by this process already", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IOException(path + " is locked: another process uses this directory");
    }

    @Override
    public boolean isFull(IOException failure) {
        return Errno.of(failure)
                .filter(EnumSet.of(Errno.ENOSPC, Errno.EDQUOT)::contains)
                .isPresent();
    }

    @Override
    public boolean isRefused(IOException failure) {
        return failure instanceof UnusableFileException
                || Errno.of(failure)
                        .filter(EnumSet.of(Errno.EACCES, Errno.EPERM, Errno.EROFS)::contains)
                        .isPresent();
    }

    private static final class ChannelFile implements DiskFile {
        private final FileChannel channel;

        ChannelFile(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int readAt(ByteBuffer to, long position) throws IOException {
            return channel.read(to, position);
        }

        @Override
        public void writeAt(ByteBuffer from, long position) throws IOException {
            var at = position;
            while (from.hasRemaining()) {
                at += channel.write(from, at);
            }
        }

        @Override
        public void force() throws IOException {
            // fdatasync(2): the size with it where it changed, the time of change not
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
