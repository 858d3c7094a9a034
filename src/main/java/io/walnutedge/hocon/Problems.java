package io.walnutedge.hocon;

import com.typesafe.config.ConfigOrigin;
import io.walnutedge.text.LookAlikes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the problems of one reading of the configuration. One thread. */
public final class Problems {
    private record Found(String file, int line, Problem problem) {}

    private final List<Found> found = new ArrayList<>();

    /** Notes a problem at an origin in the file. */
    public void add(ConfigOrigin origin, String path, String message) {
        add(origin, new Problem(place(origin), path, cured(path, message)));
    }

    /** Notes that there is something else than a configuration, with its own words. */
    void addQuote(ConfigOrigin origin, String message) {
        add(origin, new Problem(place(origin), "", message, true));
    }

    private void add(ConfigOrigin origin, Problem problem) {
        var place = Place.of(origin);
        found.add(new Found(
                place.map(Place::file).orElse(""),
                Math.max(0, place.map(Place::line).orElse(origin.lineNumber())),
                problem));
    }

    /** File and line as {@code application.conf:12}, as far as they are known. */
    static String place(ConfigOrigin origin) {
        return Place.of(origin).map(Place::toString).orElseGet(origin::description);
    }

    /** Beside what was read, how each character in it is typed that only looks like one of ASCII. */
    private static String cured(String path, String message) {
        var cures = message.contains("U+") ? "" : LookAlikes.cures(path + message);
        return cures.isEmpty() ? message : message + " (" + cures + ")";
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
}
