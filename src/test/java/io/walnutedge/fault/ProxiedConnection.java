package io.walnutedge.fault;

import io.walnutedge.fault.Conditions.Door;
import io.walnutedge.fault.Conditions.Flow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One client of a {@link FaultProxy} and its own connection to the broker, with a thread for each direction. */
final class ProxiedConnection {
    private static final int PIECE = 4096;
    private static final long SECOND = 1_000_000_000;

    private final FaultProxy proxy;
    private final Socket client;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile @Nullable Socket broker;
    private final AtomicBoolean ending = new AtomicBoolean();
    private volatile boolean ended;
    private volatile boolean upDead;
    private volatile boolean downDead;
    /** Of the thread that pumps up. */
    private long upBytes;

    private long upBytesEpoch = -1;

    ProxiedConnection(FaultProxy proxy, Socket client) {
        this.proxy = proxy;
        this.client = client;
    }

    void start(Door door) {
        run("proxy up", () -> {
            switch (door) {
                case OPEN -> {
                    var upstream = proxy.upstream();
                    broker = upstream;
                    if (ended) {
                        close(upstream, true);
                    }
                    run("proxy down", () -> pump(upstream.getInputStream(), client.getOutputStream(), false));
                    pump(client.getInputStream(), upstream.getOutputStream(), true);
                }
                case SILENT -> client.getInputStream().transferTo(OutputStream.nullOutputStream());
                case SLAMMED -> client.getInputStream().read(new byte[PIECE]);
                case SHUT -> reset();
            }
        });
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void run(String name, Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                        end();
                    } catch (IOException | InterruptedException over) {
                        reset();
                    }
                },
                name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void pump(InputStream in, OutputStream out, boolean isUp) throws IOException, InterruptedException {
        var buffer = new byte[PIECE];
        for (var count = in.read(buffer); count >= 0 && !ended; count = in.read(buffer)) {
            forward(buffer, count, out, isUp);
        }
    }

    private void forward(byte[] buffer, int count, OutputStream out, boolean isUp)
            throws IOException, InterruptedException {
        var current = proxy.current();
        while (current.conditions().flow(isUp) == Flow.HOLD && !isDead(isUp) && !ended) {
            proxy.awaitChange(current.epoch(), 0, () -> ended);
            current = proxy.current();
        }
        if (ended || isDead(isUp) || current.conditions().flow(isUp) == Flow.SWALLOW) {
            die(isUp);
            return;
        }
        proxy.awaitChange(
                current.epoch(), current.conditions().delay().toMillis(), () -> ended || isPrompt(current(proxy)));
        var allowed = isUp ? untilCut(current, count) : count;
        write(buffer, allowed, out, current.conditions().bytesPerSecond());
        if (allowed < count) {
            if (current.conditions().cut().reset()) {
                reset();
            } else {
                end();
            }
        }
    }

    private static Conditions current(FaultProxy proxy) {
        return proxy.current().conditions();
    }

    private static boolean isPrompt(Conditions conditions) {
        return conditions.delay().isZero();
    }

    private boolean isDead(boolean isUp) {
        return isUp ? upDead : downDead;
    }

    private void die(boolean isUp) {
        if (isUp) {
            upDead = true;
        } else {
            downDead = true;
        }
    }

    private int untilCut(FaultProxy.Current current, int count) {
        if (current.epoch() != upBytesEpoch) {
            upBytesEpoch = current.epoch();
            upBytes = 0;
        }
        var cut = current.conditions().cut().upBytes();
        var allowed = cut < 0 ? count : (int) Math.min(count, Math.max(0, cut - upBytes));
        upBytes += allowed;
        return allowed;
    }

    /** In slices of a twentieth of a second where there is a limit. */
    private void write(byte[] buffer, int count, OutputStream out, int bytesPerSecond)
            throws IOException, InterruptedException {
        var slice = bytesPerSecond == 0 ? PIECE : Math.max(1, bytesPerSecond / 20);
        for (var from = 0; from < count && !ended; from += slice) {
            var length = Math.min(slice, count - from);
            out.write(buffer, from, length);
            if (bytesPerSecond > 0) {
                var epoch = proxy.current().epoch();
                proxy.awaitChange(epoch, Math.max(1, length * SECOND / bytesPerSecond / 1_000_000), () -> ended);
            }
        }
    }

    /** An end of the stream on both sides. */
    private void end() {
        close(false);
    }

    void reset() {
        close(true);
    }

    private void close(boolean reset) {
        ended = true;
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        close(client, reset);
        close(broker, reset);
        proxy.gone(this);
        proxy.wake();
    }

    private static void close(@Nullable Socket socket, boolean reset) {
        try {
            if (socket != null && !socket.isClosed()) {
                if (reset) {
                    // socket(7): with a linger time of 0, close sends RST
                    socket.setSoLinger(true, 0);
                }
                socket.close();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    void join() throws InterruptedException {
        for (var thread : threads) {
            thread.join(5_000);
        }
    }
}
