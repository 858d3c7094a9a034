package io.walnutedge.hocon;

import com.typesafe.config.ConfigOrigin;
import io.walnutedge.text.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the file whose name, without folder and {@code .conf}, stands in another. One thread. */
final class NamedFile {
    private static final String SUFFIX = ".conf";

    private NamedFile() {}

    static Optional<Path> find(
            ConfigTable settings, String key, String name, String folder, ConfigOrigin origin, @Nullable Path home) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (!name.matches("[a-z0-9][a-z0-9_-]{0,63}")) {
            settings.problem(
                    key, "'" + name + "' is no name; accepted: a-z, 0-9, _ and -, without folder and " + SUFFIX);
            return Optional.empty();
        }
        var folders = Stream.of(sibling(origin), home)
                .flatMap(Stream::ofNullable)
                .map(directory -> directory.resolve(folder))
                .distinct()
                .toList();
        var found = folders.stream()
                .map(each -> each.resolve(name + SUFFIX))
                .filter(Files::isRegularFile)
                .findFirst();
        if (found.isEmpty()) {
            var there = new TreeSet<String>();
            folders.forEach(each -> names(each, there));
            settings.problem(
                    key,
                    "there is no " + folder + "/" + name + SUFFIX + " beside the configuration"
                            + (there.isEmpty() ? "" : "; accepted: " + String.join(", ", there))
                            + Suggestion.of(name, there));
        }
        return found;
    }

    private static @Nullable Path sibling(ConfigOrigin origin) {
        return Place.of(origin)
                .flatMap(place -> UserPath.of(place.file(), why -> {}))
                .map(Path::getParent)
                .orElse(null);
    }

    private static void names(Path folder, Set<String> names) {
        try (var files = Files.list(folder)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .forEach(names::add);
        } catch (IOException noSuchFolder) {
            // then it offers no names
        }
    }
}
