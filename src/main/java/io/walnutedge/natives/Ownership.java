package io.walnutedge.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Who could change files without being root or the user of this process. Stateless; any thread. */
final class Ownership {
    private static final int ROOT = 0;
    private static final int WRITABLE_BY_OTHERS = 0022; // group and others, inode(7)
    private static final int WRITABLE_BY_ALL = 0002;
    private static final int STICKY = 01000; // in it only its owner removes and renames a file (inode(7), S_ISVTX)

    private Ownership() {}

    /**
     * What of some files is another's, or may be written by others; in words, with the cure. Of a directory on the way to
     * them it counts whether anybody could put another one in its place.
     *
     * @param files without links
     */
    static Optional<String> weakness(List<Path> files) throws IOException {
        return weakness(files, owner(Path.of("/proc/self")));
    }

    /** @param user of the process */
    static Optional<String> weakness(List<Path> files, int user) throws IOException {
        for (var file : files) {
            var owner = owner(file);
            if (owner != ROOT && owner != user) {
                return Optional.of(file + " belongs to user " + owner + " (sudo chown -R root " + file + ")");
            }
            if ((mode(file) & WRITABLE_BY_OTHERS) != 0) {
                return Optional.of(file + " may be written by others than its owner (chmod go-w " + file + ")");
            }
            for (var above = file.getParent(); above != null; above = above.getParent()) {
                if ((mode(above) & (WRITABLE_BY_ALL | STICKY)) == WRITABLE_BY_ALL) {
                    return Optional.of(above + " may be written by everybody (chmod o-w " + above + ")");
                }
            }
        }
        return Optional.empty();
    }

    private static int owner(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid");
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    }
}
