package io.walnutedge.hocon;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * File and line of a value. The library knows no file of what it did not read itself, but repeats the words that it was
 * given for it, which here are the absolute path. Immutable; any thread.
 *
 * @param file absolute; a text, for a name in a directory may be none that this program's character set has
 * @param line from 1; 0 where it is not known
 */
record Place(String file, int line) {
    private static final String MERGED = "merge of ";
    private static final Pattern WORDS = Pattern.compile("(?s)(/.*?)(?:: ([0-9]+)(?:-[0-9]+)?)?");

    /** Empty for what is not from a file. Of something that several files have put together, it is the first. */
    static Optional<Place> of(ConfigOrigin origin) {
        var words = origin.description();
        var matcher = WORDS.matcher(
                words.startsWith(MERGED) ? words.substring(MERGED.length()).split(",/", 2)[0] : words);
        return matcher.matches()
                ? Optional.of(
                        new Place(matcher.group(1), matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** For the library. */
    ConfigOrigin origin() {
        var origin = ConfigOriginFactory.newSimple(file);
        return line > 0 ? origin.withLineNumber(line) : origin;
    }

    /** The words for a file that is given to the library as a text. */
    static String words(Path file) {
        return file.toAbsolutePath().toString();
    }

    /** As {@code conf.d/lamp.conf:12}, from the working directory where the file is below it. */
    @Override
    public String toString() {
        var here = Path.of("").toAbsolutePath() + "/";
        var shown = file.startsWith(here) ? file.substring(here.length()) : file;
        return line > 0 ? shown + ":" + line : shown;
    }
}
