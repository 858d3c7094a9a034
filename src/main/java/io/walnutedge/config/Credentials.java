package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.UserPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Secrets in files that only root can read, by name: those that systemd hands to the service (systemd.exec(5),
 * {@code LoadCredential=}), and for a command that root types, the same files in {@code credentials} beside the configuration.
 * Immutable; any thread.
 *
 * @param directory in which they may be
 */
record Credentials(Optional<Path> directory) {
    static final String FOLDER = "credentials";
    /** The unit's name for that directory: systemd puts it before the name of each file. */
    private static final String PREFIX = FOLDER + "_";

    static Credentials of(ConfigTable settings, Map<String, String> environment) {
        var given = Optional.ofNullable(environment.get("CREDENTIALS_DIRECTORY"))
                .map(directory -> UserPath.of(settings, "password-file", directory));
        return new Credentials(given.or(() -> settings.home().map(home -> home.resolve(FOLDER))));
    }

    /** The file of a credential; empty if there is none, or none that this user can read. */
    Optional<Path> find(String name) {
        return directory.stream()
                .flatMap(folder -> Stream.of(folder.resolve(name), folder.resolve(PREFIX + name)))
                .filter(Files::isReadable)
                .findFirst();
    }
}
