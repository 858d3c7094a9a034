package io.walnutedge.config;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the problems of one reading of the configuration. One thread. */
public final class Problems {
    private record Found(String file, int line, Problem problem) {}

    private final List<Found> found = new ArrayList<>();

    /** Notes a problem at an origin in the file. */
    void add(ConfigOrigin origin, String path, String message) {
        add(origin, new Problem(place(origin), path, message));
    }

    /** Notes that there is something else than a configuration, with its own words. */
    void addQuote(ConfigOrigin origin, String message) {
        add(origin, new Problem(place(origin), "", message, true));
    }

    private void add(ConfigOrigin origin, Problem problem) {
        var file = fileOf(origin);
        found.add(new Found(file == null ? "" : file, Math.max(0, origin.lineNumber()), problem));
    }

    /** File and line as {@code application.conf:12}, as far as they are known. */
    static String place(ConfigOrigin origin) {
        var file = fileOf(origin);
        if (file == null) {
            return origin.description();
        }
        return origin.lineNumber() > 0 ? file + ":" + origin.lineNumber() : file;
    }

    /** Notes a problem of the file as a whole. */
    public void add(String where, String message) {
        found.add(new Found("", 0, new Problem(where, "", message)));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    int count() {
        return found.size();
    }

    /** In the order of files and lines. */
    public List<Problem> list() {
        return found.stream()
                .sorted(Comparator.comparing(Found::file).thenComparingInt(Found::line))
                .map(Found::problem)
                .distinct()
                .toList();
    }

    /**
     * Ends the reading of the configuration.
     *
     * @throws ConfigException with all problems, if there are any
     */
    public void throwIfAny() throws ConfigException {
        if (!isEmpty()) {
            throw new ConfigException(list());
        }
    }

    private static @Nullable String fileOf(ConfigOrigin origin) {
        if (origin.filename() == null) {
            return null;
        }
        // a text: a name in a directory may be none that this program's character set has
        var here = Path.of("").toAbsolutePath() + "/";
        var file = origin.filename();
        return file.startsWith(here) ? file.substring(here.length()) : file;
    }
}
