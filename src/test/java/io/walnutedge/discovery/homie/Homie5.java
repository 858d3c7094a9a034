package io.walnutedge.discovery.homie;

import io.walnutedge.json.JsonException;
import io.walnutedge.json.JsonReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What version 5 of the Homie convention (convention.md of homieiot/convention) asks of a device, checked on what a broker
 * keeps. Written from its text; it shares nothing with the code that it judges but the JSON reader. Headings stand beside the
 * rules.
 */
public final class Homie5 {
    private static final String ID = "[a-z0-9-]+"; // Topic IDs
    private static final Set<String> STATES = Set.of("init", "ready", "disconnected", "sleeping", "lost");
    private static final Set<String> DATATYPES =
            Set.of("integer", "float", "boolean", "string", "enum", "color", "datetime", "duration", "json");
    private static final String INTEGER = "-?[0-9]+";
    private static final String FLOAT = "-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?";

    private final List<String> faults = new ArrayList<>();
    private final String base;
    private final Map<String, String> kept;
    private Map<?, ?> nodes = Map.of();

    private Homie5(String base, Map<String, String> kept) {
        this.base = base;
        this.kept = kept;
    }

    /**
     * Every breach of the convention.
     *
     * @param base {@code <domain>/5/<device>}
     * @param kept what the broker keeps below it, by topic
     */
    public static List<String> faults(String base, Map<String, String> kept) {
        return checked(base, kept).faults;
    }

    /** Properties of which a value should be kept and is not. */
    public static List<String> withoutValue(String base, Map<String, String> kept) {
        var check = checked(base, kept);
        var missing = new ArrayList<String>();
        check.nodes.forEach((node, fields) -> map(map(fields).get("properties")).forEach((property, its) -> {
            var topic = base + "/" + node + "/" + property;
            if (!Boolean.FALSE.equals(map(its).get("retained")) && !kept.containsKey(topic)) {
                missing.add(topic);
            }
        }));
        return missing;
    }

    /** The same for a message that the broker does not keep. */
    public static List<String> faultsOfEvent(String base, Map<String, String> kept, String topic, String payload) {
        var check = checked(base, kept);
        var property = check.property(topic);
        if (property.isEmpty() || !Boolean.FALSE.equals(property.get("retained"))) {
            check.fault(topic, "is sent without the retain flag, and is no property that is not retained");
        } else {
            check.payload(topic, property, payload);
        }
        return check.faults;
    }

    private static Homie5 checked(String base, Map<String, String> kept) {
        var check = new Homie5(base, kept);
        check.device();
        kept.forEach(check::topic);
        return check;
    }

    private void fault(String where, String what) {
        faults.add(where + ": " + what);
    }

    /** Domain and Root Topic; Device Attributes. */
    private void device() {
        var levels = base.split("/", -1);
        if (levels.length != 3 || !levels[1].equals("5") || !levels[2].matches(ID)) {
            fault(base, "is no <domain>/5/<device id>");
        }
        if (!STATES.contains(kept.getOrDefault(base + "/$state", ""))) {
            fault("$state", "is '" + kept.get(base + "/$state") + "'");
        }
        var text = kept.get(base + "/$description");
        if (text == null) {
            fault("$description", "is missing");
            return;
        }
        try {
            description(JsonReader.object(text, 10));
        } catch (JsonException malformed) {
            fault("$description", malformed.getMessage());
        }
    }

    private void description(Map<?, ?> fields) {
        var where = "$description";
        known(where, fields, "homie", "version", "nodes", "name", "type", "children", "root", "parent", "extensions");
        if (!(fields.get("homie") instanceof String homie) || !homie.matches("5\\.[0-9]+")) {
            fault(where, "homie is not 5.x");
        }
        if (!(fields.get("version") instanceof BigDecimal version)
                || version.stripTrailingZeros().scale() > 0) {
            fault(where, "version is not an integer");
        }
        texts(where, fields, "name", "type", "root", "parent");
        for (var key : List.of("children", "extensions")) {
            optional(
                    where,
                    fields,
                    key,
                    value -> value instanceof List<?> list && list.stream().allMatch(String.class::isInstance));
        }
        optional(where, fields, "nodes", Map.class::isInstance);
        nodes = map(fields.get("nodes"));
        nodes.forEach((id, node) -> node(String.valueOf(id), node));
    }

    /** Node Attributes. */
    private void node(String id, @Nullable Object node) {
        if (!id.matches(ID) || !(node instanceof Map<?, ?> fields)) {
            fault(id, "is no node with a valid id");
            return;
        }
        known(id, fields, "name", "type", "properties");
        texts(id, fields, "name", "type");
        optional(id, fields, "properties", Map.class::isInstance);
        map(fields.get("properties")).forEach((property, its) -> property(id, String.valueOf(property), its));
    }

    /** Property Attributes; Formats. */
    private void property(String node, String id, @Nullable Object property) {
        var where = node + "/" + id;
        if (!id.matches(ID) || !(property instanceof Map<?, ?> fields)) {
            fault(where, "is no property with a valid id");
            return;
        }
        known(where, fields, "name", "datatype", "format", "settable", "retained", "unit");
        texts(where, fields, "name", "datatype", "format", "unit");
        optional(where, fields, "settable", Boolean.class::isInstance);
        optional(where, fields, "retained", Boolean.class::isInstance);
        var datatype = text(fields, "datatype");
        if (!DATATYPES.contains(datatype)) {
            fault(where, "datatype '" + datatype + "'");
        }
        var format = text(fields, "format");
        var sound = switch (datatype) {
            case "integer" -> format.isEmpty() || format.matches("(" + INTEGER + ")?:(" + INTEGER + ")?(:[0-9]+)?");
            case "float" -> format.isEmpty() || format.matches("(" + FLOAT + ")?:(" + FLOAT + ")?(:" + FLOAT + ")?");
            case "boolean" -> format.isEmpty() || format.matches("[^,]+,[^,]+");
            case "enum" ->
                values(format).size() == new HashSet<>(values(format)).size()
                        && values(format).stream().noneMatch(String::isEmpty);
            case "color" -> Set.of("rgb", "hsv", "xyz").containsAll(values(format));
            default -> true;
        };
        if (!sound) {
            fault(where, "format '" + format + "' of " + datatype);
        }
    }

    private static List<String> values(String format) {
        return List.of(format.split(",", -1));
    }

    /** Device Attributes; Alert topic; Property Attributes: and nothing else is kept. */
    private void topic(String topic, String payload) {
        if (!topic.startsWith(base + "/")) {
            fault(topic, "is not below " + base);
            return;
        }
        var below = topic.substring(base.length() + 1);
        if (below.equals("$state") || below.equals("$description") || below.matches("\\$alert/" + ID)) {
            return;
        }
        var property = property(topic.endsWith("/$target") ? topic.substring(0, topic.lastIndexOf('/')) : topic);
        if (property.isEmpty()) {
            fault(topic, "is kept, and is none of the description's properties");
        } else if (Boolean.FALSE.equals(property.get("retained"))) {
            fault(topic, "is kept, and is a property that is not retained");
        } else {
            payload(topic, property, payload);
        }
    }

    private Map<?, ?> property(String topic) {
        var levels =
                topic.substring(Math.min(topic.length(), base.length() + 1)).split("/", -1);
        return levels.length == 2
                ? map(map(map(nodes.get(levels[0])).get("properties")).get(levels[1]))
                : Map.of();
    }

    /** Payloads. */
    private void payload(String topic, Map<?, ?> property, String payload) {
        var datatype = text(property, "datatype");
        var fits = switch (datatype) {
            case "integer" ->
                payload.matches(INTEGER)
                        && new BigDecimal(payload).toBigInteger().bitLength() < 64
                        && isWithin(payload, text(property, "format"));
            case "float" ->
                payload.matches(FLOAT)
                        && Double.isFinite(Double.parseDouble(payload))
                        && isWithin(payload, text(property, "format"));
            case "boolean" -> Set.of("true", "false").contains(payload);
            case "enum" -> values(text(property, "format")).contains(payload);
            case "string" -> !payload.isEmpty();
            default -> false;
        };
        if (!fits) {
            fault(topic, "'" + payload + "' is no " + datatype + " " + text(property, "format"));
        }
    }

    private static boolean isWithin(String payload, String format) {
        var limits = format.split(":", -1);
        var value = new BigDecimal(payload);
        return (limits[0].isEmpty() || value.compareTo(new BigDecimal(limits[0])) >= 0)
                && (limits.length < 2 || limits[1].isEmpty() || value.compareTo(new BigDecimal(limits[1])) <= 0);
    }

    private void known(String where, Map<?, ?> fields, String... names) {
        fields.keySet().stream()
                .filter(key -> !Set.of(names).contains(key))
                .forEach(key -> fault(where, "unknown field " + key));
    }

    private void texts(String where, Map<?, ?> fields, String... names) {
        for (var name : names) {
            optional(where, fields, name, String.class::isInstance);
        }
    }

    private void optional(String where, Map<?, ?> fields, String name, Predicate<@Nullable Object> test) {
        if (fields.containsKey(name) && !test.test(fields.get(name))) {
            fault(where, name + " is of another type, or null");
        }
    }

    private static String text(Map<?, ?> fields, String key) {
        return fields.get(key) instanceof String text ? text : "";
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
