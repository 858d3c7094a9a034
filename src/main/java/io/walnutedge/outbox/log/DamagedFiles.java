package io.walnutedge.outbox.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Keeps what was found damaged or alien as {@code damaged-NNNN-<name>}, the last two files of it. */
final class DamagedFiles {
    static final String PREFIX = "damaged-";
    private static final int KEPT = 2;
    private static final Pattern NAME = Pattern.compile("damaged-(\\d{4,9})-.*");

    private final Disk disk;
    private final Path dir;

    DamagedFiles(Disk disk, Path dir) {
        this.disk = disk;
        this.dir = dir;
    }

    /** Moves a file (or whatever has its name) aside; the name it has now. */
    String move(String name) throws IOException {
        var target = target(name);
        disk.move(dir.resolve(name), dir.resolve(target));
        removeOldest();
        return target;
    }

    /** Copies a file aside if the disk lets it; says what came of it. */
    String copy(String name) {
        var target = "";
        try {
            target = target(name);
            copy(dir.resolve(name), dir.resolve(target));
            removeOldest();
            return "copy in " + target;
        } catch (IOException e) {
            return "no copy was made: " + e.getMessage() + removed(target);
        }
    }

    private void copy(Path from, Path to) throws IOException {
        try (var reading = disk.openRead(from);
                var writing = disk.create(to)) {
            var buffer = ByteBuffer.allocate(64 * 1024);
            var at = 0L;
            while (reading.readAt(buffer.clear(), at) > 0) {
                var length = buffer.flip().remaining();
                writing.writeAt(buffer, at);
                at += length;
            }
        }
    }

    private String removed(String target) {
        try {
            if (!target.isEmpty() && disk.exists(dir.resolve(target))) {
                disk.delete(dir.resolve(target));
            }
            return "";
        } catch (IOException e) {
            return ", a part is left in " + target;
        }
    }

    private String target(String name) throws IOException {
        return String.format(Locale.ROOT, "%s%04d-%s", PREFIX, last() + 1, name);
    }

    private void removeOldest() throws IOException {
        var kept = kept();
        for (var name : kept.subList(0, Math.max(0, kept.size() - KEPT))) {
            disk.delete(dir.resolve(name));
        }
    }

    /** Files only: a directory that was moved aside is nothing of ours. */
    private List<String> kept() throws IOException {
        var kept = new ArrayList<String>();
        for (var listed : disk.list(dir)) {
            if (listed.regular() && NAME.matcher(listed.name()).matches()) {
                kept.add(listed.name());
            }
        }
        kept.sort((a, b) -> Integer.compare(order(a), order(b)));
        return kept;
    }

    private int last() throws IOException {
        return disk.list(dir).stream()
                .mapToInt(listed -> order(listed.name()))
                .max()
                .orElse(0);
    }

    private static int order(String name) {
        var matcher = NAME.matcher(name);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
