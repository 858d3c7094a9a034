package io.walnutedge.status;

import io.walnutedge.files.FileTrouble;
import io.walnutedge.files.OwnFile;
import io.walnutedge.files.Owner;
import io.walnutedge.json.JsonWriter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions on a socket, one client at a time, on the thread {@code control}, which makes the socket anew when
 * somebody has removed it. {@link #start} and {@link #close} from one thread. A socket that cannot be made is told to the
 * log, and stops nothing.
 */
public final class StatusSocketServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusSocketServer.class);
    /** The kinds of files, inode(7). */
    private static final int S_IFMT = 0170000;

    private static final int S_IFSOCK = 0140000;
    /** Clients that may wait for their turn. */
    private static final int BACKLOG = 4;
    /** After a fault that could come again at once, such as too many open files. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How often is looked whether the socket is there. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Path socket;
    private final Supplier<String> status;
    private final Thread.UncaughtExceptionHandler fatal;
    private final Duration limit;
    private final Duration look;
    private volatile @Nullable ServerSocketChannel server;
    private volatile @Nullable Object identity;
    private @Nullable Thread thread;
    private volatile @Nullable Selector waiting;
    private volatile boolean closed;
    private boolean failing;

    /**
     * @param status one line; called on the thread {@code control}
     * @param fatal told of an {@link Error} on the thread; must end the process
     */
    public StatusSocketServer(Path socket, Supplier<String> status, Thread.UncaughtExceptionHandler fatal) {
        this(socket, status, fatal, StatusSocket.CLIENT_LIMIT, LOOK);
    }

    StatusSocketServer(
            Path socket,
            Supplier<String> status,
            Thread.UncaughtExceptionHandler fatal,
            Duration limit,
            Duration look) {
        this.socket = socket;
        this.status = status;
        this.fatal = fatal;
        this.limit = limit;
        this.look = look;
    }

    /** Makes the socket, in place of one that nobody answers on; where that fails, it is tried again. */
    public void start() {
        bind();
        var started = new Thread(this::run, "control");
        started.setDaemon(true);
        started.setUncaughtExceptionHandler(fatal);
        thread = started;
        started.start();
    }

    private void bind() {
        identity = null;
        try {
            var directory = socket.toAbsolutePath().resolveSibling(".").normalize();
            OwnFile.ensureDirectory(directory);
            Owner.refuseForRoot(directory, Stream.empty());
            removeStale();
            var opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server = opened;
            opened.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
            identity = OwnFile.identity(socket);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
            opened.configureBlocking(false);
            failing = false;
        } catch (IOException | UnsupportedOperationException impossible) {
            if (!failing && !closed) {
                failing = true;
                LOG.warn("walnut-edge status will not be answered: {}", explain(impossible));
            }
            end();
            server = null;
        }
    }

    private String explain(Exception impossible) {
        return impossible instanceof IOException failure ? FileTrouble.ofFile(failure, socket) : impossible.toString();
    }

    /** Closing it ends the wait. */
    private @Nullable SocketChannel accept(ServerSocketChannel from) throws IOException {
        try (var selector = Selector.open()) {
            from.register(selector, SelectionKey.OP_ACCEPT);
            waiting = selector;
            if (!closed) {
                selector.select(look.toMillis());
            }
        } finally {
            waiting = null;
        }
        return from.accept();
    }

    /** Makes the socket where there is none, also because somebody has removed or replaced it. */
    private void look() throws IOException {
        var bound = identity;
        if (server != null && bound != null && OwnFile.isStill(socket, bound)) {
            return;
        }
        if (server != null) {
            LOG.warn("somebody has removed {}: it is made anew", socket);
            shut();
        }
        bind();
    }

    private void removeStale() throws IOException {
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        var mode = (Integer) Files.getAttribute(socket, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & S_IFMT) != S_IFSOCK) {
            throw new IOException(socket + " is no socket; move it away");
        }
        if (isAnswered()) {
            throw new IOException("another daemon has " + socket);
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

    private void run() {
        while (!closed) {
            try {
                look();
                var from = server;
                if (from == null) {
                    pauseUnlessClosed(look);
                } else {
                    serveNext(from);
                }
            } catch (ClosedChannelException end) {
                LOG.trace("{} is closed", socket, end);
            } catch (IOException trouble) {
                LOG.debug("a client of {}", socket, trouble);
                pauseUnlessClosed(PAUSE);
            } catch (RuntimeException fault) {
                LOG.error("a fault of the answer to walnut-edge status", fault);
                pauseUnlessClosed(PAUSE);
            }
        }
        // it may have been bound while it was closed
        end();
    }

    private void serveNext(ServerSocketChannel from) throws IOException {
        try (var client = accept(from)) {
            if (client != null) {
                serve(client);
            }
        }
    }

    private synchronized void pauseUnlessClosed(Duration pause) {
        try {
            for (var until = System.nanoTime() + pause.toNanos(); !closed && until - System.nanoTime() > 0; ) {
                wait(pause.toMillis());
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
            var answer = question.equals(StatusSocket.STATUS)
                    ? status.get()
                    : new JsonWriter()
                            .put("error", "no such question; accepted: " + StatusSocket.STATUS)
                            .toString();
            key.interestOps(SelectionKey.OP_WRITE);
            var bytes = ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining() && isReady(selector, until)) {
                client.write(bytes);
            }
        }
    }

    /** The first line; null where there is none in time, or a longer one than there are questions. */
    private static @Nullable String question(SocketChannel client, Selector selector, long until) throws IOException {
        var bytes = ByteBuffer.allocate(StatusSocket.MAX_QUESTION);
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
        var selector = waiting;
        if (selector != null) {
            selector.wakeup();
        }
        if (thread != null) {
            end();
        }
    }

    private void end() {
        if (server != null) {
            shut();
            remove();
        }
    }

    /** Not one that somebody else has made since. */
    private void remove() {
        try {
            var bound = identity;
            if (bound != null && OwnFile.isStill(socket, bound)) {
                Files.delete(socket);
            }
        } catch (IOException left) {
            LOG.debug("{} cannot be deleted", socket, left);
        } finally {
            // another may get its inode
            identity = null;
        }
    }

    private void shut() {
        try {
            var open = server;
            if (open != null) {
                open.close();
            }
        } catch (ClosedChannelException already) {
            LOG.trace("{} was closed", socket, already);
        } catch (IOException trouble) {
            LOG.debug("{} cannot be closed", socket, trouble);
        }
    }
}
