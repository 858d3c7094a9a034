package io.walnutedge.hocon;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Opens HOCON files with their includes, substitutions and environment variables resolved. System properties never
 * override them. One thread.
 */
public final class ConfigFile {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}]*}");

    private ConfigFile() {}

    /**
     * The whole file as one table.
     *
     * @throws ConfigException if it is missing, unreadable or not HOCON; of syntax errors only the first is known
     */
    public static ConfigTable open(Path file, Problems problems) throws ConfigException {
        return part(file, problems).orElseThrow(() -> new ConfigException(problems.list()));
    }

    /**
     * The file and those of {@code conf.d} beside it as one table.
     *
     * @throws ConfigException if one of them is missing, unreadable or not HOCON
     */
    public static ConfigTable openWithParts(Path file, Problems problems) throws ConfigException {
        return openWithParts(file, problems, UnaryOperator.identity());
    }

    /** @param change is made to what was read */
    public static ConfigTable openWithParts(Path file, Problems problems, UnaryOperator<ConfigObject> change)
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
    static Optional<ConfigTable> part(Path file, Problems problems) {
        try {
            return SourceFile.parse(file, problems)
                    .map(config -> settings(config.resolve().root(), file, problems));
        } catch (com.typesafe.config.ConfigException broken) {
            tell(broken, file, problems);
            return Optional.empty();
        }
    }

    private static ConfigTable settings(ConfigObject root, Path file, Problems problems) {
        return new ConfigTable(root, "", problems, file.toAbsolutePath().getParent());
    }

    /** Notes what the library found: what refers to nothing, or to itself, and what cannot be joined. */
    static void tell(com.typesafe.config.ConfigException broken, Path file, Problems problems) {
        var why = why(broken);
        if (broken.origin() == null) {
            problems.add(file.toString(), why);
        } else if (broken instanceof com.typesafe.config.ConfigException.Parse) {
            problems.addQuote(broken.origin(), why);
        } else {
            problems.add(broken.origin(), "", why);
        }
    }

    /** The library's own words are for programmers. */
    private static String why(com.typesafe.config.ConfigException broken) {
        var message = String.valueOf(broken.getMessage());
        if (broken instanceof com.typesafe.config.ConfigException.UnresolvedSubstitution) {
            var reference = REFERENCE.matcher(message);
            var name = reference.find() ? reference.group() : "${...}";
            return message.contains("cycle")
                    ? name + " leads back to itself"
                    : name + " is neither a key of this configuration nor a variable of the environment; "
                            + name.replace("${", "${?") + " would leave the key out";
        }
        return broken instanceof com.typesafe.config.ConfigException.WrongType
                ? "this is joined to something of another kind by a ${ }: a text, a list and a table do not make one value"
                : "this cannot be read; put texts in quotes, and compare it with the examples";
    }

    /** A table from a text, for tests and for what is not in a file. */
    public static ConfigTable parse(String hocon, Problems problems) {
        return new ConfigTable(ConfigFactory.parseString(hocon).resolve().root(), "", problems, null);
    }
}
