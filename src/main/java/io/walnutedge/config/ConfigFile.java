package io.walnutedge.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Opens a HOCON file with its includes, substitutions and environment variables resolved. System properties never
 * override it. One thread.
 */
public final class ConfigFile {
    private ConfigFile() {}

    /**
     * The whole file as one table.
     *
     * @throws ConfigException if it is missing, unreadable or not HOCON; of syntax errors only the first is known
     */
    public static Settings open(Path file, Problems problems) throws ConfigException {
        if (!Files.isReadable(file)) {
            problems.add(file.toString(), Files.exists(file) ? "cannot be read by this user" : "no such file");
            throw new ConfigException(problems.list());
        }
        return part(file, problems).orElseThrow(() -> new ConfigException(problems.list()));
    }

    /** A file that another names; empty, and a problem, if it cannot be read. */
    static Optional<Settings> part(Path file, Problems problems) {
        try {
            var options = ConfigParseOptions.defaults().setAllowMissing(false).prependIncluder(new StrictIncluder());
            var root = ConfigFactory.parseFile(file.toFile(), options).resolve().root();
            return Optional.of(
                    new Settings(root, "", problems, file.toAbsolutePath().getParent()));
        } catch (com.typesafe.config.ConfigException broken) {
            tell(broken, file, problems);
            return Optional.empty();
        }
    }

    /** The library puts the place before its message, too. */
    private static void tell(com.typesafe.config.ConfigException broken, Path file, Problems problems) {
        var message = broken.getMessage() == null ? "not HOCON" : broken.getMessage();
        if (broken.origin() == null) {
            problems.add(file.toString(), message);
        } else {
            var place = broken.origin().description() + ": ";
            problems.add(broken.origin(), "", message.startsWith(place) ? message.substring(place.length()) : message);
        }
    }

    /**
     * Some sections of a file as JSON, with everything filled in; empty where the file is none.
     *
     * @param sections that hold no secrets
     */
    public static String json(Path file, List<String> sections) {
        try {
            var root = ConfigFactory.parseFile(file.toFile()).resolve().root();
            var chosen = root.entrySet().stream()
                    .filter(section -> sections.contains(section.getKey()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            return ConfigValueFactory.fromMap(chosen).render(ConfigRenderOptions.concise());
        } catch (com.typesafe.config.ConfigException broken) {
            return "";
        }
    }

    /** A table from a text, for tests and for what is not in a file. */
    public static Settings parse(String hocon, Problems problems) {
        return new Settings(ConfigFactory.parseString(hocon).resolve().root(), "", problems, null);
    }
}
