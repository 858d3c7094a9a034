package io.walnutedge.outbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The real disk, over {@link FileChannel}. */
class NioDisk implements Disk {
    @Override
    public boolean createDirectories(Path dir) throws IOException {
        if (Files.isDirectory(dir)) {
            return false;
        }
        Files.createDirectories(dir);
        return true;
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
    public DiskFile openRead(Path path) throws IOException {
        return new ChannelFile(path, StandardOpenOption.READ);
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        return new ChannelFile(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public DiskFile create(Path path) throws IOException {
        return new ChannelFile(
                path,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
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
        // Linux opens a directory for reading and takes fsync(2) on it
        try (var channel = FileChannel.open(dir, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public Closeable lock(Path path) throws IOException {
        var channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            if (channel.tryLock() != null) {
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
    public boolean isFull(IOException failure, Path dir, long wanted) {
        var message = String.valueOf(failure.getMessage());
        if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
            return true;
        }
        // the C library translates its messages where a locale is set
        try {
            return Files.getFileStore(dir).getUsableSpace() < wanted;
        } catch (IOException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private static final class ChannelFile implements DiskFile {
        private final FileChannel channel;

        ChannelFile(Path path, OpenOption... options) throws IOException {
            channel = FileChannel.open(path, options);
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
