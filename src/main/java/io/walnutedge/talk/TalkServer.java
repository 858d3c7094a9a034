package io.walnutedge.talk;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions on a socket, one client at a time, on the thread {@code control}. {@link #start} and {@link #close}
 * from one thread. A socket that cannot be made is told to the log, and stops nothing.
 */
public final class TalkServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TalkServer.class);
    /** Clients that may wait for their turn. */
    private static final int BACKLOG = 4;
    /** After a fault that could come again at once, such as too many open files. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Path socket;
    private final Supplier<String> status;
    private final Thread.UncaughtExceptionHandler fatal;
    private final Duration limit;
    private @Nullable ServerSocketChannel server;
    private @Nullable Thread thread;
    private volatile boolean closed;

    /**
     * @param status one line; called on the thread {@code control}
     * @param fatal told of an {@link Error} on the thread; must end the process
     */
    public TalkServer(Path socket, Supplier<String> status, Thread.UncaughtExceptionHandler fatal) {
        this(socket, status, fatal, Talk.CLIENT_LIMIT);
    }

    TalkServer(Path socket, Supplier<String> status, Thread.UncaughtExceptionHandler fatal, Duration limit) {
        this.socket = socket;
        this.status = status;
        this.fatal = fatal;
        this.limit = limit;
    }

    /** Makes the socket, in place of one that nobody answers on. */
    public void start() {
        try {
            Files.createDirectories(socket.toAbsolutePath().resolveSibling("."));
            removeStale();
            var opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server = opened;
            opened.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
            var started = new Thread(() -> run(opened), "control");
            started.setDaemon(true);
            started.setUncaughtExceptionHandler(fatal);
            thread = started;
            started.start();
        } catch (IOException | UnsupportedOperationException impossible) {
            LOG.warn("walnut-edge status will not be answered: {}: {}", socket, impossible.getMessage());
            shut();
        }
    }

    private void removeStale() throws IOException {
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        var found = Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isOther()) {
            throw new IOException("there is something that is no socket; move it away");
        }
        if (isAnswered()) {
            throw new IOException("another daemon has it");
        }
        Files.delete(socket);
    }

    private boolean isAnswered() {
        try (var probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return probe.isConnected();
        } catch (IOException refused) {
            LOG.debug("{} is left from before", socket, refused);
            return false;
        }
    }

    private void run(ServerSocketChannel from) {
        while (!closed) {
            try (var client = from.accept()) {
                serve(client);
            } catch (AsynchronousCloseException end) {
                LOG.trace("{} is closed", socket, end);
                return;
            } catch (IOException trouble) {
                LOG.debug("a client of {}", socket, trouble);
                pauseUnlessClosed();
            } catch (RuntimeException fault) {
                LOG.error("a fault of the answer to walnut-edge status", fault);
                pauseUnlessClosed();
            }
        }
    }

    private synchronized void pauseUnlessClosed() {
        try {
            for (var until = System.nanoTime() + PAUSE.toNanos(); !closed && until - System.nanoTime() > 0; ) {
                wait(PAUSE.toMillis());
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private void serve(SocketChannel client) throws IOException {
        var until = System.nanoTime() + limit.toNanos();
        client.configureBlocking(false);
        try (var selector = Selector.open()) {
            var key = client.register(selector, SelectionKey.OP_READ);
            var question = question(client, selector, until);
            if (question == null) {
                return;
            }
            var answer = question.equals(Talk.STATUS)
                    ? status.get()
                    : "{\"error\":\"no such question; accepted: " + Talk.STATUS + "\"}";
            key.interestOps(SelectionKey.OP_WRITE);
            var bytes = ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining() && isReady(selector, until)) {
                client.write(bytes);
            }
        }
    }

    /** The first line; null where there is none in time, or a longer one than there are questions. */
    private static @Nullable String question(SocketChannel client, Selector selector, long until) throws IOException {
        var bytes = ByteBuffer.allocate(Talk.MAX_QUESTION);
        while (bytes.hasRemaining() && isReady(selector, until)) {
            var ended = client.read(bytes) < 0;
            var text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            if (ended || text.contains("\n")) {
                return text.strip();
            }
        }
        return null;
    }

    private static boolean isReady(Selector selector, long until) throws IOException {
        var left = until - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        // a moment too long rather than 0, which is for ever
        var ready = selector.select(left / 1_000_000 + 1) > 0;
        selector.selectedKeys().clear();
        return ready;
    }

    /** Ends the thread and removes the socket. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (thread != null) {
            shut();
            remove();
        }
    }

    private void remove() {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException left) {
            LOG.debug("{} cannot be deleted", socket, left);
        }
    }

    private void shut() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (ClosedChannelException already) {
            LOG.trace("{} was closed", socket, already);
        } catch (IOException trouble) {
            LOG.debug("{} cannot be closed", socket, trouble);
        }
    }
}
