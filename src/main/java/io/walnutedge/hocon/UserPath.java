package io.walnutedge.hocon;

import io.walnutedge.text.Quote;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The path of a text that a person wrote, in the configuration or as an argument: no other class makes one of foreign text.
 * Stateless; any thread.
 *
 * <p>Not each text is the name of a file: none has a NUL, and Java knows only what the character set of its locale has,
 * which without one is ASCII. The launcher and the unit give it {@code C.UTF-8}.
 */
public final class UserPath {
    private static final Path ROOT = Path.of("/");

    private UserPath() {}

    /** @param refused told why, as a sentence, where there is no such path */
    public static Optional<Path> of(String text, Consumer<String> refused) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException impossible) {
            refused.accept(Quote.of(text) + " is no name of a file: " + why(text));
            return Optional.empty();
        }
    }

    private static String why(String text) {
        if (text.indexOf('\0') >= 0) {
            return "it has a NUL";
        }
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? "this program was started with a locale whose character set, "
                        + System.getProperty("sun.jnu.encoding")
                        + ", does not have all of its characters; start it with LC_ALL=C.UTF-8"
                : "it has half of a character";
    }

    /** That of a text which stands under a key; notes a problem, and answers the root directory, where there is none. */
    public static Path of(ConfigTable settings, String key, String text) {
        return of(text, why -> settings.problem(key, why)).orElse(ROOT);
    }

    /** A key that may be missing. */
    public static Path read(ConfigTable settings, String key, Path fallback) {
        return read(settings, key).orElse(fallback);
    }

    /** A key that may be missing. */
    public static Optional<Path> read(ConfigTable settings, String key) {
        return settings.optionalText(key).map(text -> of(settings, key, text));
    }
}
