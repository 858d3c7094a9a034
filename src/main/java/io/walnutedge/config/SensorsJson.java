package io.walnutedge.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.walnutedge.hocon.ConfigParts;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.Problems;
import io.walnutedge.json.JsonException;
import io.walnutedge.json.JsonReader;
import io.walnutedge.json.PrintableJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code sensors} as JSON (RFC 8259), for a recording that travels. Written, it has nothing of the environment: a
 * value that comes from there stays {@code "${NAME}"}. Read, it is data from a stranger: it can neither include nor
 * substitute anything, and of what is not a sensor's table nothing is taken. Immutable; any thread.
 */
public final class SensorsJson {
    private static final String SECTION = "sensors";
    private static final String TYPE = "type";

    /** Objects and arrays inside each other: a declared chip's steps have nine. */
    private static final int MAX_DEPTH = 16;

    /** Where and how a sensor publishes is no matter of a recording, and may hold a cloud's token. */
    private static final Set<String> LEFT_OUT = Set.of("topic", "template", "format");

    private final ConfigObject sensors;
    private final List<String> refused;

    private SensorsJson(ConfigObject sensors, List<String> refused) {
        this.sensors = sensors;
        this.refused = List.copyOf(refused);
    }

    /**
     * The sensors of a configuration and of {@code conf.d} beside it; empty where it cannot be read.
     *
     * @param types those that are written; of the others there is not even the name
     */
    public static String write(Path file, Predicate<String> types) {
        var options = ConfigResolveOptions.noSystem().appendResolver(new AsWritten());
        var section = ConfigParts.root(file, options, new Problems())
                .map(root -> root.get(SECTION))
                .orElse(null);
        var kept = new TreeMap<String, ConfigValue>();
        if (section instanceof ConfigObject sensors) {
            sensors.forEach((name, value) -> {
                if (value instanceof ConfigObject sensor && types.test(type(sensor))) {
                    kept.put(name, withoutPublishing(sensor));
                }
            });
        }
        return ConfigValueFactory.fromMap(kept).atKey(SECTION).root().render(ConfigRenderOptions.concise());
    }

    private static ConfigObject withoutPublishing(ConfigObject table) {
        var kept = table;
        for (var entry : table.entrySet()) {
            if (LEFT_OUT.contains(entry.getKey())) {
                kept = kept.withoutKey(entry.getKey());
            } else if (entry.getValue() instanceof ConfigObject inner) {
                kept = kept.withValue(entry.getKey(), withoutPublishing(inner));
            }
        }
        return kept;
    }

    /** A variable that is set is its name; one that is not is none, as ever. */
    private static final class AsWritten implements ConfigResolver {
        /** @param path in an included file the name stands behind the place where the file is included */
        @Override
        public @Nullable ConfigValue lookup(String path) {
            var name = path.substring(path.lastIndexOf('.') + 1);
            return System.getenv(name) == null ? null : ConfigValueFactory.fromAnyRef("${" + name + "}");
        }

        @Override
        public ConfigResolver withFallback(ConfigResolver fallback) {
            return this;
        }
    }

    /**
     * Takes the sensors from JSON.
     *
     * @param types those that are taken
     * @throws JsonException if the text is not a JSON object
     */
    public static SensorsJson read(String json, Predicate<String> types) throws JsonException {
        var strict = JsonReader.object(json, MAX_DEPTH);
        var root = parsed(json);
        var refused = new ArrayList<String>();
        var sensors = ConfigFactory.empty().root();
        for (var section : root.entrySet()) {
            if (!section.getKey().equals(SECTION)) {
                refused.add("section '" + section.getKey() + "': a recording has sensors only");
            } else if (section.getValue() instanceof ConfigObject table) {
                sensors = table;
            }
        }
        var values = strict.get(SECTION) instanceof Map<?, ?> map ? map : Map.of();
        for (var name : List.copyOf(sensors.keySet())) {
            var why = obstacle(name, sensors.get(name), values.get(name), types);
            if (!why.isEmpty()) {
                refused.add("sensor '" + name + "': " + why);
                sensors = sensors.withoutKey(name);
            }
        }
        return new SensorsJson(sensors, refused);
    }

    /** The syntax has neither includes nor substitutions; a number keeps its text. */
    private static ConfigObject parsed(String json) throws JsonException {
        try {
            var options = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON);
            return ConfigFactory.parseString(json, options).root();
        } catch (com.typesafe.config.ConfigException broken) {
            throw new JsonException("not valid JSON", broken);
        }
    }

    /** Why an entry is not taken; empty where it is. */
    private static String obstacle(
            String name, @Nullable ConfigValue entry, @Nullable Object value, Predicate<String> types) {
        if (!(entry instanceof ConfigObject sensor)) {
            return "is not a table";
        }
        if (!PrintableJson.is(name) || !PrintableJson.is(value)) {
            return "has a control character";
        }
        return types.test(type(sensor)) ? "" : "type '" + type(sensor) + "' has no place in a recording";
    }

    private static String type(ConfigObject sensor) {
        return sensor.get(TYPE) == null ? "" : String.valueOf(sensor.get(TYPE).unwrapped());
    }

    /** What was not taken, with its reason, in words of which some are the text's: not to be shown as they are. */
    public List<String> refused() {
        return refused;
    }

    public Set<String> names() {
        return sensors.keySet();
    }

    /** The same without some sensors. */
    public SensorsJson without(Collection<String> names) {
        var rest = sensors;
        for (var name : names) {
            rest = rest.withoutKey(name);
        }
        return new SensorsJson(rest, refused);
    }

    /** A configuration with these sensors and nothing else, which can name no file. */
    public ConfigTable settings(Problems problems) {
        return new ConfigTable(sensors.atKey(SECTION).root(), "", problems, null);
    }
}
