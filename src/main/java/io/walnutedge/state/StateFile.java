package io.walnutedge.state;

import io.walnutedge.files.FileTrouble;
import io.walnutedge.files.FileWriter;
import io.walnutedge.files.OwnFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts by key in one file, which is replaced as a whole: at most once a minute, when something changed or somebody has
 * removed it, on {@link #flush} and on {@link #close}, and at once where somebody has to rely on it. A file that is damaged counts as empty, one that cannot be read as
 * well, and is kept under another name; a failure to write is logged once, until it works again. Any thread; only {@link
 * #start} touches the card, and the thread {@code state}.
 */
public final class StateFile implements StateStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    /** For whoever names none. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private static final int MAX_BYTES = 1 << 20;
    /** Of the first line and the checksum. */
    private static final int FRAME_BYTES = 128;
    /** Where it is listed what left the configuration, first what left first. */
    private static final String LEFT = "left";
    /** Values of things that left, for their return: as of a sensor that is commented out for a while. */
    private static final int MOST_LEFT = 100;

    /** {@code \\u} and four digits. */
    private static final int ESCAPED = 6;
    /** Of what is not kept for want of room. */
    private static final int MOST_REFUSED = 100;

    /** Unreadable files that are kept; of the same trouble there is one each start. */
    private static final int MOST_KEPT = 100;

    private final Path file;
    private final Duration every;
    private final FileWriter writer;
    private final Thread thread = new Thread(this::run, "state");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, String> values = new TreeMap<>();
    /** What {@link #values} take in the file. */
    private int size;
    /** Who waits for the next write. */
    private final List<Consumer<String>> waiting = new ArrayList<>();

    private final Set<String> refused = new HashSet<>();
    /** Keys whose values are not in the file. */
    private final Set<String> unsaved = new TreeSet<>();

    private OwnFile.@Nullable Version version;
    private boolean dirty;
    private boolean writing;
    private boolean hurried;
    private boolean closed;
    private boolean failing;

    public StateFile(Path file) {
        this(file, EVERY, OwnFile::replace);
    }

    StateFile(Path file, Duration every) {
        this(file, every, OwnFile::replace);
    }

    StateFile(Path file, Duration every, FileWriter writer) {
        this.file = file;
        this.every = every;
        this.writer = writer;
    }

    /** Reads what was there, and begins to keep what is put. */
    public void start() {
        try {
            load();
        } catch (NoSuchFileException first) {
            LOG.debug("{} does not exist yet", file);
        } catch (DamagedException | IllegalArgumentException damaged) {
            LOG.warn("{} cannot be used and is begun anew: {}", file, damaged.getMessage());
        } catch (IOException unreadable) {
            LOG.warn(
                    "last states and totals begin anew: {}; {}",
                    FileTrouble.ofFile(unreadable, file),
                    keepUnderAnotherName());
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** It may be all that is left of a meter's total, put back by an administrator whose it still is. */
    private String keepUnderAnotherName() {
        var free = IntStream.rangeClosed(1, MOST_KEPT)
                .mapToObj(this::unreadable)
                .filter(name -> !Files.exists(name, LinkOption.NOFOLLOW_LINKS))
                .findFirst();
        if (free.isEmpty()) {
            return "it is not kept, for " + MOST_KEPT + " files from " + unreadable(1) + " on are there already";
        }
        try {
            // atomic: no copy of what cannot be read; it would replace a file
            Files.move(file, free.get(), StandardCopyOption.ATOMIC_MOVE);
            return "it is kept as " + free.get()
                    + ": to use it, stop the daemon, set its owner, move it back, and start";
        } catch (IOException unmovable) {
            LOG.debug("{} stays", file, unmovable);
            return "it stays as it is";
        }
    }

    private Path unreadable(int number) {
        return file.resolveSibling(file.getFileName() + ".unreadable" + (number == 1 ? "" : "-" + number));
    }

    /** It was read, and is not what was written. */
    private static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedException(String why) {
            super(why);
        }
    }

    private void load() throws IOException {
        var text = new String(OwnFile.content(file, MAX_BYTES), StandardCharsets.UTF_8);
        version = OwnFile.Version.of(file);
        var end = text.lastIndexOf("#crc ");
        if (end < 0 || !text.substring(end).strip().equals(checksum(text.substring(0, end)))) {
            throw new DamagedException("its checksum is wrong");
        }
        var loaded = new Properties();
        loaded.load(new StringReader(text));
        lock.lock();
        try {
            loaded.forEach((key, value) -> values.putIfAbsent((String) key, (String) value));
            size = values.entrySet().stream()
                    .mapToInt(each -> bytes(each.getKey(), each.getValue()))
                    .sum();
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
            set(key, value);
        } finally {
            lock.unlock();
        }
    }

    /** With the lock. False where there is no room: the file has to be one that can be read again. */
    private boolean set(String key, String value) {
        var before = values.get(key);
        if (value.equals(before)) {
            return true;
        }
        var more = bytes(key, value) - (before == null ? 0 : bytes(key, before));
        if (size + more > MAX_BYTES - FRAME_BYTES && !key.equals(LEFT)) {
            forget(left(), size + more - (MAX_BYTES - FRAME_BYTES));
        }
        if (size + more > MAX_BYTES - FRAME_BYTES) {
            if (refused.add(key) && refused.size() <= MOST_REFUSED) {
                LOG.warn("{} is not kept any more: {} would be larger than {} bytes", key, file, MAX_BYTES);
            }
            return false;
        }
        refused.remove(key);
        values.put(key, value);
        size += more;
        unsaved.add(key);
        dirty = true;
        changed.signal();
        return true;
    }

    private void remove(String key) {
        var value = values.remove(key);
        if (value != null) {
            size -= bytes(key, value);
            dirty = true;
            changed.signal();
        }
    }

    private static int bytes(String key, String value) {
        return length(key) + length(value) + 2;
    }

    /** What belongs to the configuration from now on; of all else the last that left is kept for its return. Any thread. */
    public void configured(Predicate<String> isConfigured) {
        lock.lock();
        try {
            var left = left();
            left.removeIf(key -> isConfigured.test(key) || !values.containsKey(key));
            values.keySet().stream()
                    .filter(key -> !key.equals(LEFT) && !isConfigured.test(key))
                    .forEach(left::add);
            keep(left);
        } finally {
            lock.unlock();
        }
    }

    private Set<String> left() {
        return values.getOrDefault(LEFT, "")
                .lines()
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Forgets what left first, until so many bytes are free, or all is forgotten. */
    private void forget(Set<String> left, int bytes) {
        var before = size;
        for (var each = left.iterator(); each.hasNext() && before - size < bytes; ) {
            remove(each.next());
            each.remove();
        }
        keep(left);
    }

    private void keep(Set<String> left) {
        for (var each = left.iterator(); each.hasNext() && left.size() > MOST_LEFT; ) {
            var first = each.next();
            LOG.info("{} is forgotten: it left the configuration before {} others", first, MOST_LEFT);
            remove(first);
            each.remove();
        }
        if (left.isEmpty()) {
            remove(LEFT);
        } else {
            set(LEFT, String.join("\n", left));
        }
    }

    @Override
    public void putNow(String key, String value, Consumer<String> written) {
        var known = Optional.<String>empty();
        lock.lock();
        try {
            if (!set(key, value)) {
                known = Optional.of("the file would be larger than " + MAX_BYTES + " bytes");
            } else if (closed && dirty) {
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
                var left = hurried || !waiting.isEmpty() ? 0 : notBefore - System.nanoTime();
                if (left > 0) {
                    changed.awaitNanos(left);
                    continue;
                }
                hurried = false;
                if (isToWrite()) {
                    write();
                    notBefore = System.nanoTime() + every.toNanos();
                } else if (!closed && !dirty && !hurried) {
                    changed.awaitNanos(every.toNanos());
                }
            }
        } catch (InterruptedException ended) {
            LOG.debug("interrupted; the last is written", ended);
        } finally {
            if (isToWrite()) {
                write();
            }
            lock.unlock();
        }
    }

    /** With the lock; what stood in a file that was removed is not saved any more. */
    private boolean isToWrite() {
        if (!dirty && version != null && !isThere(version)) {
            LOG.warn("somebody has removed or replaced {}: it is written anew", file);
            dirty = true;
            unsaved.addAll(values.keySet());
        }
        return dirty;
    }

    /** Without the lock: nobody who puts something waits for the card. */
    private boolean isThere(OwnFile.Version written) {
        lock.unlock();
        try {
            return written.isStill(file);
        } catch (IOException unknown) {
            LOG.debug("{} cannot be looked at", file, unknown);
            return true;
        } finally {
            lock.lock();
        }
    }

    /** With the lock, which is given back while the card is busy. */
    private void write() {
        var text = text();
        var told = List.copyOf(waiting);
        waiting.clear();
        var saving = List.copyOf(unsaved);
        var before = Map.copyOf(values);
        dirty = false;
        writing = true;
        lock.unlock();
        var why = "";
        OwnFile.Version written = null;
        try {
            writer.replace(file, text.getBytes(StandardCharsets.UTF_8));
            written = OwnFile.Version.of(file);
        } catch (IOException failed) {
            why = FileTrouble.ofFile(failed, file);
        } finally {
            lock.lock();
        }
        writing = false;
        dirty |= !why.isEmpty();
        for (var one : told) {
            one.accept(why);
        }
        if (why.isEmpty()) {
            version = written;
            saving.stream()
                    .filter(key -> Objects.equals(before.get(key), values.get(key)))
                    .forEach(unsaved::remove);
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
            if (isEscaped(c)) {
                escaped.append("\\u");
                for (var shift = 12; shift >= 0; shift -= 4) {
                    escaped.append(Character.forDigit((c >> shift) & 0xf, 16));
                }
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }

    private static boolean isEscaped(int c) {
        return c <= ' ' || c > '~' || "\\=:#!".indexOf(c) >= 0;
    }

    /** Of the text as it is escaped. */
    private static int length(String text) {
        return text.chars().map(c -> isEscaped(c) ? ESCAPED : 1).sum();
    }

    private static String checksum(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "#crc %08x", crc.getValue());
    }

    /** Begins to write what is not yet written; does not wait. */
    public void flush() {
        lock.lock();
        try {
            hurried = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }

    /** Writes what is not yet written; what is not written by the time is told. May be called twice. */
    public void close(Duration atMost) {
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
        if (thread.isAlive()) {
            join(atMost);
            tellUnsaved(atMost);
        }
    }

    private void tellUnsaved(Duration atMost) {
        lock.lock();
        try {
            if (!unsaved.isEmpty()) {
                LOG.warn(
                        "not saved {}, and lost if this is the end: {}",
                        thread.isAlive() ? "within " + atMost.toSeconds() + " s, for the card is slow" : "at the end",
                        String.join(", ", unsaved));
            }
        } finally {
            lock.unlock();
        }
    }

    private void join(Duration atMost) {
        try {
            thread.join(Math.max(1, atMost.toMillis()));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
