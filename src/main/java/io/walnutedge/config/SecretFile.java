package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.UserPath;
import io.walnutedge.text.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file that holds a password or key and nothing else. Stateless; any thread. */
final class SecretFile {
    /** In the place of one that could not be read: a signature needs a key that is not empty. */
    private static final Secret MISSING = new Secret("missing");

    private static final Pattern LINE_END = Pattern.compile("[\\r\\n]");
    private static final Pattern LINE_ENDS = Pattern.compile("[\\r\\n]+\\z");

    private SecretFile() {}

    /**
     * The one line of a file, with its blanks and without its end. Notes a problem where the file cannot be read or has
     * something else.
     */
    static Secret read(ConfigTable settings, String key, String name) {
        return read(settings, key, name, "");
    }

    /** @param form that its line must have, for a message */
    static Secret read(ConfigTable settings, String key, String name, String form) {
        return name.isEmpty()
                ? MISSING // which is a problem already
                : UserPath.of(name, why -> settings.problem(key, why))
                        .flatMap(file -> line(settings, key, file, form))
                        .map(Secret::new)
                        .orElse(MISSING);
    }

    private static Optional<String> line(ConfigTable settings, String key, Path file, String form) {
        try {
            var text = LINE_ENDS.matcher(TextFile.read(file)).replaceFirst("");
            if (!text.isEmpty() && !LINE_END.matcher(text).find()) {
                return Optional.of(text);
            }
            settings.problem(key, file + (text.isEmpty() ? " is empty" : " must have one line" + form));
        } catch (TextFile.EncodingException other) {
            settings.problem(key, file + ":" + other.line() + " " + other.getMessage());
        } catch (IOException unreadable) {
            settings.problem(key, file + " cannot be read by this user");
        }
        return Optional.empty();
    }
}
