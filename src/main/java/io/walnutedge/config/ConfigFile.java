package io.walnutedge.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Opens HOCON files with their includes, substitutions and environment variables resolved. System properties never
 * override them. One thread.
 */
public final class ConfigFile {
    private ConfigFile() {}

    /**
     * The whole file as one table.
     *
     * @throws ConfigException if it is missing, unreadable or not HOCON; of syntax errors only the first is known
     */
    public static Settings open(Path file, Problems problems) throws ConfigException {
        return part(file, problems).orElseThrow(() -> new ConfigException(problems.list()));
    }

    /**
     * The file and those of {@code conf.d} beside it as one table.
     *
     * @throws ConfigException if one of them is missing, unreadable or not HOCON
     */
    public static Settings openWithParts(Path file, Problems problems) throws ConfigException {
        return openWithParts(file, problems, UnaryOperator.identity());
    }

    /** @param change is made to what was read */
    static Settings openWithParts(Path file, Problems problems, UnaryOperator<ConfigObject> change)
            throws ConfigException {
        return ConfigParts.root(file, problems)
                .map(root -> settings(change.apply(root), file, problems))
                .orElseThrow(() -> new ConfigException(problems.list()));
    }

    /** The files that {@link #openWithParts} reads, in the order in which later ones win. */
    public static List<Path> files(Path file) {
        return ConfigParts.files(file, new Problems());
    }

    /** A file that another names; empty, and a problem, if it cannot be read. */
    static Optional<Settings> part(Path file, Problems problems) {
        try {
            return parsed(file, problems)
                    .map(config -> settings(config.resolve().root(), file, problems));
        } catch (com.typesafe.config.ConfigException broken) {
            tell(broken, file, problems);
            return Optional.empty();
        }
    }

    private static Settings settings(ConfigObject root, Path file, Problems problems) {
        return new Settings(root, "", problems, file.toAbsolutePath().getParent());
    }

    /** With its includes, before the substitutions; empty, and a problem, if it cannot be read. */
    static Optional<Config> parsed(Path file, Problems problems) {
        if (!Files.isReadable(file)) {
            problems.add(file.toString(), Files.exists(file) ? "cannot be read by this user" : "no such file");
            return Optional.empty();
        }
        try {
            var options = ConfigParseOptions.defaults().setAllowMissing(false).prependIncluder(new StrictIncluder());
            return Optional.of(ConfigFactory.parseFile(file.toFile(), options));
        } catch (com.typesafe.config.ConfigException broken) {
            tell(broken, file, problems);
            return Optional.empty();
        }
    }

    /** The library puts the place before its message, too. */
    static void tell(com.typesafe.config.ConfigException broken, Path file, Problems problems) {
        var message = broken.getMessage() == null ? "not HOCON" : broken.getMessage();
        if (broken.origin() == null) {
            problems.add(file.toString(), message);
        } else {
            var place = broken.origin().description() + ": ";
            var why = message.startsWith(place) ? message.substring(place.length()) : message;
            if (broken instanceof com.typesafe.config.ConfigException.Parse) {
                problems.addQuote(broken.origin(), why);
            } else {
                problems.add(broken.origin(), "", why);
            }
        }
    }

    /** A table from a text, for tests and for what is not in a file. */
    public static Settings parse(String hocon, Problems problems) {
        return new Settings(ConfigFactory.parseString(hocon).resolve().root(), "", problems, null);
    }
}
