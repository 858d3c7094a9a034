package io.walnutedge.hocon;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.walnutedge.text.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One table of the configuration, read strictly. A getter that finds something wrong notes it in {@link Problems} and
 * answers the default (or a harmless stand-in), so that reading goes on and finds the rest; nothing that was read may be
 * used before {@link Problems#throwIfAny}. One thread.
 *
 * <p>Whoever owns a table calls {@link #finish} after its last getter: a key that nobody asked for is a problem then.
 */
public final class ConfigTable extends ScalarReader {
    private final ConfigObject table;
    private final String path;
    private final Problems problems;
    private final @Nullable Path home;
    private final Set<String> asked = new TreeSet<>();
    /** Of the tables inside, too. */
    private final List<Object> files;

    /** @param home the directory of the main file; null where there is no file */
    public ConfigTable(ConfigObject table, String path, Problems problems, @Nullable Path home) {
        this(table, path, problems, home, new ArrayList<>());
    }

    private ConfigTable(ConfigObject table, String path, Problems problems, @Nullable Path home, List<Object> files) {
        this.files = files;
        this.table = table;
        this.path = path;
        this.problems = problems;
        this.home = home;
    }

    /** The key of this table from the top, such as {@code sensors.room}; empty at the top. */
    public String path() {
        return path;
    }

    public boolean has(String key) {
        asked.add(key);
        return present(key) != null;
    }

    /** The directory of the main file; empty where there is no file. */
    public Optional<Path> home() {
        return Optional.ofNullable(home);
    }

    /** True where the key is there and is a table. */
    public boolean hasTable(String key) {
        return present(key) instanceof ConfigObject;
    }

    /** A table inside this one; empty if missing. */
    public Optional<ConfigTable> section(String key) {
        var value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof ConfigObject object) {
            return Optional.of(inside(object, key));
        }
        wrongType(key, value, "a table in { }");
        return Optional.empty();
    }

    /** A table inside this one, or an empty one in its place so that its defaults apply. */
    public ConfigTable sectionOrEmpty(String key) {
        return section(key)
                .orElseGet(() -> inside(ConfigValueFactory.fromMap(Map.of()).withOrigin(table.origin()), key));
    }

    private ConfigTable inside(ConfigObject object, String key) {
        return new ConfigTable(object, pathOf(key), problems, home, files);
    }

    /** A list as a table with the keys 0, 1, 2 and so on, so that every getter reads its items; empty if missing. */
    public Optional<ConfigTable> list(String key) {
        var value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof ConfigList list)) {
            wrongType(key, value, "a list in [ ]");
            return Optional.empty();
        }
        var items = new HashMap<String, ConfigValue>();
        for (var item : list) {
            items.put(String.valueOf(items.size()), item);
        }
        return Optional.of(inside(ConfigValueFactory.fromMap(items).withOrigin(list.origin()), key));
    }

    /** The keys of this table in the order of the file; of a list, in its order. */
    public List<String> keys() {
        var isList = IntStream.range(0, table.size()).allMatch(i -> table.containsKey(String.valueOf(i)));
        return isList
                ? IntStream.range(0, table.size()).mapToObj(String::valueOf).toList()
                : inFileOrder().toList();
    }

    /** True where somebody has asked for the key, so that it is a known one. */
    public boolean isAsked(String key) {
        return asked.contains(key);
    }

    /** True where the key is there and is a list. */
    public boolean hasList(String key) {
        return present(key) instanceof ConfigList;
    }

    /**
     * The table in the file {@code folder/NAME.conf}, where NAME is the text of a key, beside the file in which the key
     * stands or beside the main file; empty if the key is missing or, which is a problem, the file.
     */
    public Optional<ConfigTable> fileNamedBy(String key, String folder) {
        var value = value(key);
        return value == null
                ? Optional.empty()
                : NamedFile.find(this, key, text(key), folder, value.origin(), home)
                        .flatMap(file -> ConfigFile.part(file, problems))
                        .map(part -> {
                            files.add(part.table.unwrapped());
                            return part;
                        });
    }

    /** The same table for a part of its own: what it names in files is not this one's. */
    private ConfigTable apart() {
        return new ConfigTable(table, path, problems, home, new ArrayList<>());
    }

    /** What is written here, and in the files that were read by name up to now; never shown, for there may be secrets. */
    public RawEntry written() {
        return new RawEntry(List.of(table.unwrapped(), List.copyOf(files)));
    }

    /** How many problems there are up to now, to leave out what would only follow from them. */
    public int problemCount() {
        return problems.count();
    }

    /** Every key of this table, each of which must be a table, in the order of the file. */
    public Map<String, ConfigTable> sections() {
        var sections = new LinkedHashMap<String, ConfigTable>();
        inFileOrder().forEach(key -> section(key).ifPresent(section -> sections.put(key, section.apart())));
        return sections;
    }

    /**
     * A list of tables, in its order, each with the path {@code key[0]} and so on; empty if missing.
     *
     * @param accepted the keys that the tables may have, for whoever writes a word or an empty table in place of one
     */
    public List<ConfigTable> tables(String key, Collection<String> accepted) {
        var tables = new ArrayList<ConfigTable>();
        elements(key, "a list of tables, as in [ { ... }, { ... } ]").forEach((name, element) -> {
            if (element instanceof ConfigObject object && !object.isEmpty()) {
                tables.add(new ConfigTable(object, pathOf(name), problems, home));
                return;
            }
            var word = String.valueOf(element.unwrapped());
            problems.add(
                    element.origin(),
                    pathOf(name),
                    ValueText.shown(element) + " is not a table with a key, as in { key = ... }; accepted: "
                            + String.join(", ", accepted) + Suggestion.of(word, accepted));
        });
        return tables;
    }

    /** A list of lists of numbers, each of the same length and with numbers up to a limit; empty if missing. */
    public List<List<Double>> rows(String key, int length, double limit) {
        var accepted = "a list of " + length + " numbers of at most " + ValueText.bound(limit);
        var rows = new ArrayList<List<Double>>();
        elements(key, "a list of lists of numbers").forEach((name, element) -> {
            var row = new ArrayList<Double>();
            for (var each : element instanceof ConfigList list ? list : List.<ConfigValue>of()) {
                var number = ValueText.number(each);
                if (number != null && Math.abs(number.doubleValue()) <= limit) {
                    row.add(number.doubleValue());
                }
            }
            if (row.size() == length && element instanceof ConfigList list && list.size() == length) {
                rows.add(row);
            } else {
                wrongType(name, element, accepted);
            }
        });
        return rows;
    }

    /** The elements of a list by their names, in its order. */
    private Map<String, ConfigValue> elements(String key, String accepted) {
        var value = value(key);
        var elements = new LinkedHashMap<String, ConfigValue>();
        if (value instanceof ConfigList list) {
            list.forEach(element -> elements.put(key + "[" + elements.size() + "]", element));
        } else if (value != null) {
            wrongType(key, value, accepted);
        }
        return elements;
    }

    /** Notes a problem with the value of a key, at its line; where it is missing, at the line of this table. */
    @Override
    public void problem(String key, String message) {
        var value = present(key);
        problems.add(value == null ? table.origin() : value.origin(), pathOf(key), message);
    }

    /** Where a key is there that others know and this program does not: says why, or what to do instead. */
    public void refuse(String key, String message) {
        if (present(key) != null) {
            asked.add(key);
            problem(key, message);
        }
    }

    /** Notes a problem with this table as a whole. */
    public void problem(String message) {
        problems.add(table.origin(), path, message);
    }

    /** The place of a key as {@code conf.d/lamp.conf:12}, to point at it from another problem. */
    public String where(String key) {
        var value = present(key);
        ConfigOrigin origin = value == null ? table.origin() : value.origin();
        if (Place.of(origin).isEmpty()) {
            return origin.lineNumber() > 0 ? "line " + origin.lineNumber() : origin.description();
        }
        var place = Problems.place(origin);
        return home != null && place.startsWith(home + "/")
                ? place.substring(home.toString().length() + 1)
                : place;
    }

    /** The table's last word: every key that no getter asked for is a problem. */
    public void finish() {
        inFileOrder().filter(key -> !asked.contains(key)).forEach(key -> {
            var near = Suggestion.of(key, asked);
            problem(key, "unknown key" + (near.isEmpty() ? "; accepted here: " + String.join(", ", asked) : near));
        });
    }

    private Stream<String> inFileOrder() {
        return table.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        entry -> entry.getValue().origin().lineNumber()))
                .map(Map.Entry::getKey);
    }

    @Override
    @Nullable ConfigValue value(String key) {
        asked.add(key);
        return present(key);
    }

    private @Nullable ConfigValue present(String key) {
        var value = table.get(key);
        return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
    }

    @Override
    void wrongType(String key, ConfigValue value, String accepted) {
        problems.add(value.origin(), pathOf(key), ValueText.shown(value) + " is not " + accepted);
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
