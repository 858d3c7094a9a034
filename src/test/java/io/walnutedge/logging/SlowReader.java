package io.walnutedge.logging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A standard error that takes nothing, fails, or takes all, as the test says. Any thread. */
final class SlowReader extends OutputStream {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private boolean stopped;
    private boolean failing;
    private int waiting;

    /** As Ctrl-S. */
    synchronized void stop() {
        stopped = true;
    }

    /** As Ctrl-Q. */
    synchronized void resume() {
        stopped = false;
        failing = false;
        notifyAll();
    }

    /** As a full disk. */
    synchronized void fail() {
        failing = true;
    }

    /** Waits until a write hangs. */
    synchronized void awaitWriter() throws InterruptedException {
        while (waiting == 0) {
            wait();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        waiting++;
        notifyAll();
        try {
            while (stopped) {
                wait();
            }
        } catch (InterruptedException ended) {
            throw new IOException(ended);
        } finally {
            waiting--;
        }
        if (failing) {
            throw new IOException("No space left on device");
        }
        taken.write(bytes, offset, length);
        notifyAll();
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    synchronized List<String> lines() {
        return taken.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
