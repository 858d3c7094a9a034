package io.walnutedge.mqtt.paho;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps a PUBLISH back while its writer, who flushes each packet, is about to bring another one: so that what is published
 * together costs one write to the network and not one each. One thread writes; {@link #expect} and {@link #cancel} are
 * for any.
 */
final class CorkedOutput extends OutputStream {
    /** The packet type in the upper half of its first byte (MQTT 3.1.1, 2.2.1). */
    private static final int PUBLISH = 3;

    private final BufferedOutputStream sink;
    private final AtomicInteger announced = new AtomicInteger();
    private boolean within;
    private boolean isPublish;

    CorkedOutput(OutputStream sink) {
        this.sink = new BufferedOutputStream(sink);
    }

    /** A PUBLISH is given to the writer. */
    void expect() {
        announced.incrementAndGet();
    }

    /** The writer has not taken it. */
    void cancel() {
        announced.decrementAndGet();
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!within && length > 0) {
            within = true;
            isPublish = (bytes[offset] & 0xff) >> 4 == PUBLISH;
        }
        sink.write(bytes, offset, length);
    }

    /** Ends a packet. */
    @Override
    public void flush() throws IOException {
        var another = within && isPublish && announced.decrementAndGet() > 0;
        within = false;
        if (!another) {
            sink.flush();
        }
    }

    /** Sends what was kept back, for whoever was announced does not come. Any thread; may block. */
    void uncork() throws IOException {
        sink.flush();
    }
}
