package io.walnutedge.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Whose a file is, and who this process is. Stateless; any thread. */
public final class Owner {
    /** Belongs to the effective user of the process, proc(5). */
    private static final Path PROCESS = Path.of("/proc/self");

    private Owner() {}

    /** The name of the user that this process runs as, or its number where it has no name. */
    public static String ofProcess() throws IOException {
        return Files.getOwner(PROCESS).getName();
    }

    /** The owner of what has a path (a link's own), if it is another user than this process runs as. */
    public static Optional<String> foreign(Path path) throws IOException {
        try {
            var owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
            return owner.equals(Files.getOwner(PROCESS)) ? Optional.empty() : Optional.of(owner.getName());
        } catch (NoSuchFileException nothing) {
            return Optional.empty();
        }
    }

    /**
     * Root may write anywhere, and what it leaves in another user's directory that user cannot use.
     *
     * @throws ForeignFilesException if this process is root's, and a directory, the one that it leads to, one of these names in it, or what is in
     *     that if it is a directory, is not
     */
    public static void refuseForRoot(Path directory, Stream<String> names) throws IOException {
        if (!Files.getAttribute(PROCESS, "unix:uid").equals(0)) {
            return;
        }
        refuse(directory, directory);
        if (Files.isSymbolicLink(directory) && Files.exists(directory)) {
            var real = directory.toRealPath();
            refuse(real, real);
        }
        for (var name : (Iterable<String>) names::iterator) {
            var path = directory.resolve(name);
            refuse(path, directory);
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                try (var inside = Files.newDirectoryStream(path)) {
                    for (var file : inside) {
                        refuse(file, directory);
                    }
                }
            }
        }
    }

    private static void refuse(Path path, Path directory) throws IOException {
        var owner = foreign(path);
        if (owner.isPresent()) {
            throw new ForeignFilesException(path, directory, owner.get(), ofProcess());
        }
    }
}
