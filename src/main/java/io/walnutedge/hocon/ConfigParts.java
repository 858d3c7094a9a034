package io.walnutedge.hocon;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The main file and the files of {@code conf.d} beside it as one table: a later file's keys win, but a sensor, input or
 * output stands in one file only. One thread.
 */
public final class ConfigParts {
    private static final String FOLDER = "conf.d";
    private static final String SUFFIX = ".conf";
    private static final String HIDDEN = ".";
    private static final List<String> SECTIONS_OF_ENTRIES = List.of("sensors", "inputs", "outputs");

    private ConfigParts() {}

    /** The main file, and behind it the others in the order of their names. */
    static List<Path> files(Path main, Problems problems) {
        var files = new ArrayList<Path>();
        files.add(main);
        var folder = main.resolveSibling(FOLDER);
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (var entries = Files.list(folder)) {
                entries.filter(ConfigParts::isPart).sorted().forEach(files::add);
            } catch (IOException refused) {
                problems.add(folder.toString(), "is no directory that this user can read");
            }
        }
        return files;
    }

    /** Neither hidden files nor what editors and dpkg leave beside one, such as a.conf~ and a.conf.dpkg-dist. */
    private static boolean isPart(Path file) {
        var name = String.valueOf(file.getFileName());
        return name.endsWith(SUFFIX) && !name.startsWith(HIDDEN);
    }

    /** With the environment's values filled in; empty, and a problem, if one of them cannot be read. */
    public static Optional<ConfigObject> root(Path main, Problems problems) {
        return root(main, ConfigResolveOptions.defaults(), problems);
    }

    /** The same, with substitutions as the options say. */
    public static Optional<ConfigObject> root(Path main, ConfigResolveOptions options, Problems problems) {
        var before = problems.count();
        var parts = files(main, problems).stream()
                .flatMap(file -> SourceFile.parse(file, file.equals(main), problems).stream())
                .toList();
        if (problems.count() > before) {
            return Optional.empty();
        }
        try {
            return Optional.of(merged(parts, options, problems));
        } catch (com.typesafe.config.ConfigException broken) {
            ConfigFile.tell(broken, main, problems);
            return Optional.empty();
        }
    }

    private static ConfigObject merged(List<Config> parts, ConfigResolveOptions options, Problems problems) {
        var all = parts.stream()
                .reduce(ConfigFactory.empty(), (earlier, later) -> later.withFallback(earlier))
                .resolve(options);
        if (parts.size() == 1) {
            return all.root();
        }
        var roots = parts.stream()
                .map(part -> part.resolveWith(all, options).root())
                .toList();
        SECTIONS_OF_ENTRIES.forEach(section -> refuseTwice(section, roots, problems));
        return withOrigins(all.root(), roots);
    }

    /** An entry of two files would be neither's: who edits one of them would not see the other. */
    private static void refuseTwice(String section, List<ConfigObject> roots, Problems problems) {
        var known = new HashMap<String, ConfigValue>();
        tables(section, roots)
                .forEach(table -> inFileOrder(table).forEach(entry -> {
                    var value = entry.getValue();
                    if (value.valueType() == ConfigValueType.NULL) {
                        known.remove(entry.getKey());
                        return;
                    }
                    var other = known.putIfAbsent(entry.getKey(), value);
                    if (other != null) {
                        problems.add(
                                value.origin(),
                                section + "." + entry.getKey(),
                                "is defined in " + Problems.place(other.origin())
                                        + " already; an entry stands in one file only (" + entry.getKey()
                                        + " = null takes away that of an earlier file)");
                    }
                }));
    }

    private static Stream<Map.Entry<String, ConfigValue>> inFileOrder(ConfigObject table) {
        return table.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        entry -> entry.getValue().origin().lineNumber()));
    }

    /** The library calls the place of a merged table "merge of" two files; here it is that of the first. */
    private static ConfigObject withOrigins(ConfigObject merged, List<ConfigObject> parts) {
        var result = merged;
        for (var entry : merged.entrySet()) {
            var tables = tables(entry.getKey(), parts);
            if (tables.size() > 1 && entry.getValue() instanceof ConfigObject table) {
                result = result.withValue(entry.getKey(), withOrigins(table, tables));
            }
        }
        return result.withOrigin(parts.get(0).origin());
    }

    private static List<ConfigObject> tables(String key, List<ConfigObject> parts) {
        return parts.stream()
                .map(part -> part.get(key))
                .filter(ConfigObject.class::isInstance)
                .map(ConfigObject.class::cast)
                .toList();
    }
}
