package io.walnutedge.logging;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** What is printed line by line, as lines of a {@link LineQueue}. Any thread; none waits. */
final class QueueStream extends OutputStream {
    /** A line that is longer goes on its way in parts. */
    private static final int MOST = 8192;

    private final LineQueue queue;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    QueueStream(LineQueue queue) {
        this.queue = queue;
    }

    @Override
    public synchronized void write(int octet) {
        line.write(octet);
        endIf(octet == '\n');
    }

    @Override
    public synchronized void write(byte[] octets, int offset, int length) {
        line.write(octets, offset, length);
        endIf(length > 0 && octets[offset + length - 1] == '\n');
    }

    @Override
    public synchronized void close() {
        endIf(true);
    }

    private void endIf(boolean complete) {
        if ((complete || line.size() > MOST) && line.size() > 0) {
            queue.offer(line.toByteArray());
            line.reset();
        }
    }
}
