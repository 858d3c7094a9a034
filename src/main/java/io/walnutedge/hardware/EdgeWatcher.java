package io.walnutedge.hardware;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for edges of all inputs: the kernel notifies inotify(7) of the file {@code value} at each interrupt
 * (Documentation/admin-guide/gpio/sysfs.rst, "edge"). Owns the thread {@code edges}, from the first input on. Any thread.
 *
 * <p>There are never more calls than edges, but two edges in quick succession may be one call; the last level is never missed
 * by who reads it when called.
 */
final class EdgeWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeWatcher.class);

    private final Map<WatchKey, Runnable> changes = new HashMap<>();
    private @Nullable WatchService service;
    private boolean closed;

    /**
     * Calls back on the thread {@code edges} after each edge that inotify tells.
     *
     * @param directory of the line
     * @param changed must be quick
     * @return what ends it
     */
    synchronized Runnable watch(Path directory, Runnable changed) throws IOException {
        if (closed) {
            throw new IOException("the hardware is closed");
        }
        var open = service;
        if (open == null) {
            open = FileSystems.getDefault().newWatchService();
            service = open;
            start(open);
        }
        // kernfs notifies nobody of a file whose inode it has forgotten (kernfs_notify_workfn); an open file is
        // remembered
        var value = FileChannel.open(directory.resolve("value"));
        try {
            var key = directory.register(open, StandardWatchEventKinds.ENTRY_MODIFY);
            changes.put(key, changed);
            return () -> end(key, value);
        } catch (IOException failed) {
            close(value);
            throw failed;
        }
    }

    private synchronized void end(WatchKey key, FileChannel value) {
        key.cancel();
        changes.remove(key);
        close(value);
    }

    private static void close(Closeable resource) {
        try {
            resource.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void start(WatchService open) {
        var thread = new Thread(() -> run(open), "edges");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(WatchService open) {
        try {
            while (true) {
                var key = open.take();
                var edges = key.pollEvents().stream()
                        .filter(EdgeWatcher::isEdge)
                        .mapToInt(WatchEvent::count)
                        .sum();
                // before the calls: an edge during them is another event
                key.reset();
                var changed = changed(key);
                for (var i = 0; i < edges && changed != null; i++) {
                    call(key, changed);
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException end) {
            // the hardware is closed
        }
    }

    /** One line's trouble must not make the others deaf. */
    private void call(WatchKey key, Runnable changed) {
        try {
            changed.run();
        } catch (RuntimeException fault) {
            if (changed(key) == null) {
                LOG.debug("an edge of a line that was closed meanwhile", fault);
            } else {
                LOG.error("an edge could not be handled", fault);
            }
        }
    }

    /** The other files of a line tell only that somebody has written them; an overflow may hide anything. */
    private static boolean isEdge(WatchEvent<?> event) {
        return event.kind() == StandardWatchEventKinds.OVERFLOW
                || String.valueOf(event.context()).equals("value");
    }

    private synchronized @Nullable Runnable changed(WatchKey key) {
        return changes.get(key);
    }

    @Override
    public synchronized void close() {
        closed = true;
        changes.clear();
        if (service != null) {
            close(service);
        }
    }
}
