package io.walnutedge.hardware;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Waits for edges of all inputs: the kernel notifies inotify(7) of the file {@code value} at each interrupt
 * (Documentation/admin-guide/gpio/sysfs.rst, "edge"). Owns the thread {@code edges}, from the first input on. Any thread.
 *
 * <p>Two edges in quick succession may be one call: whoever is called reads the level, and the last level is never missed.
 */
final class EdgeWatcher implements AutoCloseable {
    private final Map<WatchKey, Runnable> changes = new HashMap<>();
    private @Nullable WatchService service;
    private boolean closed;

    /**
     * Calls back on the thread {@code edges} after each edge.
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
        var key = directory.register(open, StandardWatchEventKinds.ENTRY_MODIFY);
        changes.put(key, changed);
        return () -> end(key);
    }

    private synchronized void end(WatchKey key) {
        key.cancel();
        changes.remove(key);
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
                key.pollEvents();
                // before the call: an edge during it is another event
                key.reset();
                var changed = changed(key);
                if (changed != null) {
                    changed.run();
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException end) {
            // the hardware is closed
        }
    }

    private synchronized @Nullable Runnable changed(WatchKey key) {
        return changes.get(key);
    }

    @Override
    public synchronized void close() {
        closed = true;
        changes.clear();
        try {
            if (service != null) {
                service.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
