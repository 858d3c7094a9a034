package io.walnutedge.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file that holds a password or key and nothing else. Stateless; any thread. */
final class SecretFile {
    /** In the place of one that could not be read: a signature needs a key that is not empty. */
    private static final Secret MISSING = new Secret("missing");

    private SecretFile() {}

    /** Notes a problem where the file cannot be read or is empty. */
    static Secret read(Settings settings, String key, String name) {
        if (name.isEmpty()) {
            return MISSING; // which is a problem already
        }
        try {
            var text = Files.readString(Path.of(name)).stripTrailing();
            if (text.isEmpty()) {
                settings.problem(key, name + " is empty");
                return MISSING;
            }
            return new Secret(text);
        } catch (IOException | InvalidPathException unreadable) {
            settings.problem(key, name + " cannot be read by this user");
            return MISSING;
        }
    }
}
