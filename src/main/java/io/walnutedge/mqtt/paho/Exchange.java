package io.walnutedge.mqtt.paho;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * What the two sides of a connection still owe each other: the broker answers to what was asked, this side
 * acknowledgements of what arrived. One thread reads the connection, one writes it; {@link #close} is for any.
 */
final class Exchange {
    /** Acknowledgements that may wait to be written; each takes about 300 bytes in Paho. */
    static final int MOST_OWED = 1_000;

    /** The packet type in the upper half of the first byte (MQTT 3.1.1, 2.2.1). */
    private static final int CONNECT = 1;

    private static final int SUBSCRIBE = 8;
    private static final int PINGREQ = 12;

    private final long patience;
    /** Those that wait for PUBACK, by their identifiers; as many as there may be under way. */
    private final Set<Integer> published = new HashSet<>();
    /** Those that wait for SUBACK; as many as there are filters. */
    private final Set<Integer> subscribed = new HashSet<>();

    private boolean asked;
    private int pings;
    private int owed;
    private long written;
    private boolean closed;

    /** @param patience for one acknowledgement to be written, while as many wait as may */
    Exchange(Duration patience) {
        this.patience = patience.toNanos();
    }

    /**
     * A packet is about to be written. Of an answer that comes at once it must be known what it answers.
     *
     * @param head its bytes as far as they are there: at least those before the payload
     * @return whether it is an acknowledgement, of which {@link #acknowledged} is told
     */
    synchronized boolean sends(ByteBuffer head) {
        var first = head.get();
        skipLength(head);
        switch ((first & 0xff) >> 4) {
            case CONNECT -> asked = true;
            case PacketGuard.PUBLISH -> {
                if ((first & 0x06) != 0) {
                    head.position(head.position() + 2 + Short.toUnsignedInt(head.getShort(head.position())));
                    published.add(Short.toUnsignedInt(head.getShort()));
                }
            }
            case SUBSCRIBE -> subscribed.add(Short.toUnsignedInt(head.getShort()));
            case PINGREQ -> pings++;
            default -> {}
        }
        return (first & 0xff) >> 4 == PacketGuard.PUBACK;
    }

    private static void skipLength(ByteBuffer head) {
        while (head.get() < 0) {
            // another digit follows (2.2.3)
        }
    }

    /** Whether the broker was asked for this answer and has not given it before. */
    synchronized boolean isAwaited(int type, int id) {
        switch (type) {
            case PacketGuard.CONNACK -> {
                var first = asked;
                asked = false;
                return first;
            }
            case PacketGuard.PUBACK -> {
                return published.remove(id);
            }
            case PacketGuard.SUBACK -> {
                return subscribed.remove(id);
            }
            case PacketGuard.PINGRESP -> {
                var outstanding = pings > 0;
                pings -= outstanding ? 1 : 0;
                return outstanding;
            }
            default -> {
                return false;
            }
        }
    }

    /**
     * One more acknowledgement waits to be written. Waits for room: so nothing more is read from a broker that reads
     * nothing.
     *
     * @throws ProtocolException if nothing moves
     */
    synchronized void owe() throws IOException {
        owed++;
        var before = written;
        var deadline = System.nanoTime() + patience;
        try {
            while (owed > MOST_OWED) {
                if (closed) {
                    throw new SocketException("closed");
                }
                if (written != before) {
                    before = written;
                    deadline = System.nanoTime() + patience;
                }
                var left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new ProtocolException(
                            "the broker sends messages and takes no acknowledgement; " + MOST_OWED + " wait");
                }
                // rounded up: a wait of 0 ms would be one for ever
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /** An acknowledgement was written. */
    synchronized void acknowledged() {
        owed--;
        written++;
        notifyAll();
    }

    /** Ends the waiting. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
