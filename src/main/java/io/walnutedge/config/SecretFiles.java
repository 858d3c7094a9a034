package io.walnutedge.config;

import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.Problems;
import io.walnutedge.hocon.UserPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at the permissions of the files in which the configuration's secrets are. Stateless; any thread. */
public final class SecretFiles {
    private SecretFiles() {}

    /** Files that everybody can read, a sentence each. */
    public static List<String> warnings(Path config) throws ConfigException {
        var mqtt = ConfigFile.openWithParts(config, new Problems()).sectionOrEmpty("mqtt");
        return Stream.concat(named(mqtt), inside(folder(config)))
                .filter(SecretFiles::isPublic)
                .map(file -> file + " can be read by every user of this machine: sudo chmod o-rwx " + file)
                .toList();
    }

    /** What this user cannot look into, and so does not know; a sentence, or nothing. */
    public static Optional<String> note(Path config) {
        return Optional.of(folder(config))
                .filter(folder -> Files.isDirectory(folder) && !Files.isReadable(folder))
                .map(folder -> "a login in " + folder + " is not seen here; sudo shows it");
    }

    private static Path folder(Path config) {
        return config.toAbsolutePath().resolveSibling(Credentials.FOLDER);
    }

    private static Stream<Path> named(ConfigTable mqtt) {
        return Stream.of(
                        UserPath.read(mqtt, "password-file"),
                        UserPath.read(mqtt.sectionOrEmpty("login"), "password-file"),
                        UserPath.read(mqtt.sectionOrEmpty("login"), "secret-file"),
                        UserPath.read(mqtt.sectionOrEmpty("tls"), "key-file"))
                .flatMap(Optional::stream)
                .map(Path::toAbsolutePath);
    }

    private static Stream<Path> inside(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException notThere) {
            return Stream.empty(); // or not for this user, who then has been told
        }
    }

    /** Open to others itself, as is each directory on the way to it. */
    private static boolean isPublic(Path file) {
        try {
            if (!has(file, PosixFilePermission.OTHERS_READ)) {
                return false;
            }
            for (var way = file.getParent(); way != null; way = way.getParent()) {
                if (!has(way, PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException unseen) {
            return false; // where this user cannot look, not everybody can
        }
    }

    private static boolean has(Path path, PosixFilePermission permission) throws IOException {
        return Files.getPosixFilePermissions(path).contains(permission);
    }
}
