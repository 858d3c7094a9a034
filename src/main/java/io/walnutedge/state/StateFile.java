package io.walnutedge.state;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts by key in one file, which is replaced as a whole: at most once a minute, when something changed, on {@link #close},
 * and at once where somebody has to rely on it. A file that is damaged, or cannot be read, counts as empty; a failure to write is logged once, until it works
 * again. Any thread; only {@link #start} and {@link #close} touch the card, and the thread {@code state}.
 */
public final class StateFile implements StateStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);
    private static final long MAX_BYTES = 1 << 20;

    private final Path file;
    private final Duration every;
    private final Thread thread = new Thread(this::run, "state");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, String> values = new TreeMap<>();
    /** Who waits for the next write. */
    private final List<Consumer<String>> waiting = new ArrayList<>();

    private boolean dirty;
    private boolean writing;
    private boolean closed;
    private boolean failing;

    public StateFile(Path file) {
        this(file, EVERY);
    }

    StateFile(Path file, Duration every) {
        this.file = file;
        this.every = every;
    }

    /** Reads what was there, and begins to keep what is put. */
    public void start() {
        try {
            load();
        } catch (NoSuchFileException first) {
            LOG.debug("{} does not exist yet", file);
        } catch (IOException | IllegalArgumentException damaged) {
            LOG.warn("{} cannot be used and is begun anew: {}", file, damaged.getMessage());
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void load() throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("it is larger than " + MAX_BYTES + " bytes");
        }
        var text = Files.readString(file);
        var end = text.lastIndexOf("#crc ");
        if (end < 0 || !text.substring(end).strip().equals(checksum(text.substring(0, end)))) {
            throw new IOException("its checksum is wrong");
        }
        var loaded = new Properties();
        loaded.load(new StringReader(text));
        lock.lock();
        try {
            loaded.forEach((key, value) -> values.putIfAbsent((String) key, (String) value));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<String> get(String key) {
        lock.lock();
        try {
            return Optional.ofNullable(values.get(key));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void put(String key, String value) {
        lock.lock();
        try {
            if (!value.equals(values.put(key, value)) && !dirty) {
                dirty = true;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void putNow(String key, String value, Consumer<String> written) {
        var known = Optional.<String>empty();
        lock.lock();
        try {
            put(key, value);
            if (closed && dirty) {
                known = Optional.of("the daemon is stopping");
            } else if (thread.getState() == Thread.State.NEW || (!dirty && !writing)) {
                known = Optional.of("");
            } else {
                // one that is being written already has begun without it, perhaps
                dirty = true;
                waiting.add(written);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        known.ifPresent(written);
    }

    private void run() {
        lock.lock();
        try {
            var notBefore = System.nanoTime();
            while (!closed) {
                var left = notBefore - System.nanoTime();
                if (!dirty) {
                    changed.awaitUninterruptibly();
                } else if (left > 0 && waiting.isEmpty()) {
                    changed.awaitNanos(left);
                } else {
                    write();
                    notBefore = System.nanoTime() + every.toNanos();
                }
            }
        } catch (InterruptedException ended) {
            LOG.debug("interrupted; the last is written", ended);
        } finally {
            if (dirty) {
                write();
            }
            lock.unlock();
        }
    }

    /** With the lock, which is given back while the card is busy. */
    private void write() {
        var text = text();
        var told = List.copyOf(waiting);
        waiting.clear();
        dirty = false;
        writing = true;
        lock.unlock();
        var why = "";
        try {
            replace(text);
        } catch (IOException failed) {
            why = failed.toString();
        } finally {
            lock.lock();
        }
        writing = false;
        dirty |= !why.isEmpty();
        for (var one : told) {
            one.accept(why);
        }
        if (!why.isEmpty() && !failing) {
            LOG.warn("last states and totals cannot be kept: {}", why);
        } else if (why.isEmpty() && failing) {
            LOG.info("last states and totals are kept again");
        }
        failing = !why.isEmpty();
    }

    private String text() {
        var text = new StringBuilder("# written by walnut-edge; do not edit\n");
        values.forEach((key, value) ->
                text.append(escaped(key)).append('=').append(escaped(value)).append('\n'));
        return text + checksum(text.toString()) + "\n";
    }

    /** As {@link Properties} reads it. */
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(c -> {
            if (c <= ' ' || c > '~' || "\\=:#!".indexOf(c) >= 0) {
                escaped.append(String.format("\\u%04x", c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }

    private static String checksum(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("#crc %08x", crc.getValue());
    }

    /** Written beside it, brought to the card, and renamed over it: after a power cut it is the old one or the new one. */
    private void replace(String text) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try (var channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes what is not yet written, within 1 s; may be called twice. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
