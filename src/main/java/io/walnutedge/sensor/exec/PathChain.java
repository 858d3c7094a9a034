package io.walnutedge.sensor.exec;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Who could change what a path leads to: everything on the way counts, links too. Stateless; any thread. */
final class PathChain {
    private static final int WRITABLE_BY_OTHERS = 0022; // group and others, inode(7)
    private static final int MAX_LINKS = 40; // path_resolution(7)

    private PathChain() {}

    /** What on the way to a file, or the file, is not a user's own, or may be written by others; in words. */
    static Optional<String> weakness(Path path, int owner) throws IOException {
        var ahead = new ArrayDeque<Path>();
        push(ahead, path);
        var here = Path.of("/");
        var weak = weakOne(here, owner);
        var links = 0;
        while (weak.isEmpty() && !ahead.isEmpty()) {
            var next = here.resolve(ahead.pop()).normalize();
            weak = weakOne(next, owner);
            if (Files.isSymbolicLink(next)) {
                if (++links > MAX_LINKS) {
                    throw new FileSystemLoopException(path.toString());
                }
                var target = Files.readSymbolicLink(next);
                here = target.isAbsolute() ? Path.of("/") : here;
                push(ahead, target);
            } else {
                here = next;
            }
        }
        return weak;
    }

    /** Of one file, directory or link alone. */
    static Optional<String> weakOne(Path path, int owner) throws IOException {
        var attributes = Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
        if (!Integer.valueOf(owner).equals(attributes.get("uid"))) {
            return Optional.of(path + " does not belong to " + (owner == 0 ? "root" : "user " + owner));
        }
        // the mode of a link means nothing (symlink(7))
        var isOpen = attributes.get("mode") instanceof Integer mode && (mode & WRITABLE_BY_OTHERS) != 0;
        return isOpen && !Files.isSymbolicLink(path)
                ? Optional.of(path + " may be written by others than its owner")
                : Optional.empty();
    }

    private static void push(Deque<Path> ahead, Path path) {
        for (var i = path.getNameCount() - 1; i >= 0; i--) {
            ahead.push(path.getName(i));
        }
    }
}
