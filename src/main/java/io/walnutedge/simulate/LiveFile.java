package io.walnutedge.simulate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongFunction;

/**
 * A file whose content is a function of time. It is written in place and in one write, because sensors keep descriptors
 * open; and the content keeps its length, so that a reader never sees an end of the old text after the new one. One thread.
 */
final class LiveFile implements AutoCloseable {
    private final Path path;
    private final LongFunction<String> content;
    private final FileChannel channel;
    private int length = -1;

    private LiveFile(Path path, LongFunction<String> content, FileChannel channel) {
        this.path = path;
        this.content = content;
        this.channel = channel;
    }

    /** @param content from the nanoseconds since the start; always of one length */
    static LiveFile create(Path path, LongFunction<String> content) throws IOException {
        var channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new LiveFile(path, content, channel);
    }

    void update(long nanos) throws IOException {
        var bytes = content.apply(nanos).getBytes(StandardCharsets.US_ASCII);
        if (length >= 0 && bytes.length != length) {
            throw new IOException(path + " would change its length from " + length + " to " + bytes.length);
        }
        length = bytes.length;
        channel.write(ByteBuffer.wrap(bytes), 0);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
