package io.walnutedge.mqtt.paho;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TCP to the one of several addresses that answers first (RFC 8305): they are tried in turn, one beginning before the last
 * one has failed, and each may take all the time that is left. Used once; {@link #close} is for any thread.
 */
final class Dialer {
    private static final Logger log = LoggerFactory.getLogger(Dialer.class);
    /** RFC 8305, 8, Connection Attempt Delay. */
    private static final Duration STAGGER = Duration.ofMillis(250);
    /** Each attempt has a thread while it lasts. Name servers turn their lists, so that the others have their turn later. */
    static final int MOST_ADDRESSES = 32;

    private final Queue<InetSocketAddress> untried;
    private final int count;
    private final Set<Socket> trying = ConcurrentHashMap.newKeySet();
    private @Nullable Socket winner;
    private @Nullable IOException refusal;
    private @Nullable Error fault;
    private long next = System.nanoTime();
    private boolean closed;

    Dialer(InetAddress[] addresses, int port) {
        this.untried = interleaved(addresses).stream()
                .limit(MOST_ADDRESSES)
                .map(address -> new InetSocketAddress(address, port))
                .collect(Collectors.toCollection(ArrayDeque::new));
        this.count = untried.size();
    }

    /** By turns of both families, the first one's first: where one of them is cut off, half of them still answer (RFC 8305, 4). */
    static List<InetAddress> interleaved(InetAddress... addresses) {
        Predicate<InetAddress> six = Inet6Address.class::isInstance;
        var isSix = six.test(addresses[0]);
        Deque<InetAddress> same = new ArrayDeque<>();
        Deque<InetAddress> other = new ArrayDeque<>();
        Arrays.stream(addresses).forEach(each -> (six.test(each) == isSix ? same : other).add(each));
        var all = new ArrayList<InetAddress>();
        while (!same.isEmpty() || !other.isEmpty()) {
            all.addAll(same.isEmpty() ? List.of() : List.of(same.remove()));
            all.addAll(other.isEmpty() ? List.of() : List.of(other.remove()));
        }
        return all;
    }

    /**
     * Blocks until one has answered or all have failed.
     *
     * @throws SocketTimeoutException if none has answered, and not all have failed, in time
     */
    Socket dial(Duration atMost) throws IOException {
        var start = System.nanoTime();
        var deadline = start + atMost.toNanos();
        // the last one has half of the time, however many there are
        var stagger = Math.min(STAGGER.toNanos(), atMost.toNanos() / 2 / count);
        try {
            return race(deadline, stagger);
        } finally {
            close();
        }
    }

    private synchronized Socket race(long deadline, long stagger) throws IOException {
        try {
            return firstOf(deadline, stagger);
        } finally {
            // in the same hold of the lock: one that answers later must not win any more
            closed = true;
        }
    }

    private Socket firstOf(long deadline, long stagger) throws IOException {
        try {
            while (winner == null) {
                var nanos = step(deadline, stagger);
                if (nanos > 0) {
                    // rounded up: a wait of 0 ms would be one for ever
                    wait(nanos / 1_000_000 + 1);
                }
            }
            return winner;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /** @return nanoseconds until the next step is due; 0: at once */
    private long step(long deadline, long stagger) throws IOException {
        if (closed) {
            throw new SocketException("closed");
        }
        if (fault != null) {
            throw fault;
        }
        var now = System.nanoTime();
        if (!untried.isEmpty() && next - now <= 0) {
            begin(untried.remove());
            next = now + stagger;
            return 0;
        }
        if (trying.isEmpty() && untried.isEmpty() && refusal != null) {
            throw refusal;
        }
        if (deadline - now <= 0) {
            throw new SocketTimeoutException();
        }
        return Math.min(deadline - now, untried.isEmpty() ? Long.MAX_VALUE : next - now);
    }

    private void begin(InetSocketAddress address) {
        var socket = new Socket();
        var thread = new Thread(() -> attempt(socket, address), "MQTT dial");
        thread.setDaemon(true);
        trying.add(socket);
        thread.start();
    }

    /** Without a time of its own: it would end together with that of all, and by chance before it. */
    private void attempt(Socket socket, InetSocketAddress address) {
        try {
            socket.connect(address);
            ended(socket, null, null);
        } catch (IOException failed) {
            ended(socket, failed, null);
        } catch (RuntimeException failed) {
            ended(socket, new IOException(failed), null);
        } catch (Error fatal) {
            ended(socket, null, fatal);
        }
    }

    private void ended(Socket socket, @Nullable IOException failed, @Nullable Error fatal) {
        synchronized (this) {
            trying.remove(socket);
            if (failed == null && fatal == null && winner == null && !closed) {
                winner = socket;
            } else {
                // a refusal tells more than silence
                refusal = refusal == null || refusal instanceof SocketTimeoutException ? failed : refusal;
                fault = fault == null ? fatal : fault;
                next = System.nanoTime();
                hangUp(socket);
            }
            notifyAll();
        }
    }

    /** Gives up, unless one has answered, and ends all others; may be called twice. */
    void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        // outside of the lock: who connects to one of them waits for it when that fails
        trying.forEach(Dialer::hangUp);
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException unlikely) {
            log.debug("a socket that carried nothing yet", unlikely);
        }
    }
}
