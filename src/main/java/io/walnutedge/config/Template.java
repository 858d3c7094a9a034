package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.json.JsonException;
import io.walnutedge.json.JsonReader;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.text.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A payload as somebody else dictates it: a text in which {@code {value}} and others are filled in. One that begins with an
 * opening brace is JSON, and stays JSON whatever is filled in. Immutable; any thread.
 *
 * @param isJson whether a text must be quoted, which a number must not be
 */
public record Template(List<Part> parts, boolean isJson) {
    /** No text: of formats that are not a template. */
    public static final Template NONE = new Template(List.of(), false);

    private static final Pattern FIELD = Pattern.compile("\\{([a-z][a-z-]*)}");
    private static final int MAX_DEPTH = 16;

    /** What can be filled in. */
    public enum Field {
        /** A number as it is published, or a text. */
        VALUE,
        UNIT,
        SENSOR,
        QUANTITY,
        /** Counts the readings of a quantity since the start. */
        SEQ,
        /** RFC 3339, in UTC with milliseconds. */
        TIME,
        /** Milliseconds since 1970. */
        TIME_MS,
        /** Seconds since 1970. */
        TIME_S,
        /** true where the reading waited while the broker was away. */
        HISTORICAL;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Field> of(String label) {
            return Stream.of(values())
                    .filter(field -> field.label().equals(label))
                    .findFirst();
        }
    }

    /** Text, and the field behind it, if any. */
    public record Part(String text, Optional<Field> field) {}

    public Template {
        parts = List.copyOf(parts);
    }

    /** Characters of its texts. */
    public int length() {
        return parts.stream().mapToInt(part -> part.text().length()).sum();
    }

    /** Reads a template; notes a problem for a field that there is none of, and for broken JSON. */
    static Template read(ConfigTable settings, String key) {
        var text = settings.text(key);
        var template = parse(settings, key, text);
        if (template.isJson) {
            try {
                JsonReader.object(template.render(Template::sample), MAX_DEPTH);
            } catch (JsonException broken) {
                settings.problem(key, "is no JSON when its fields are filled in: " + broken.getMessage());
            }
        }
        return template;
    }

    private static String sample(Field field) {
        return switch (field) {
            case VALUE, SEQ, TIME_MS, TIME_S -> "1";
            case HISTORICAL -> "false";
            case UNIT, SENSOR, QUANTITY, TIME -> "x";
        };
    }

    private static Template parse(ConfigTable settings, String key, String text) {
        var parts = new ArrayList<Part>();
        var matcher = FIELD.matcher(text);
        var from = 0;
        while (matcher.find()) {
            var field = Field.of(matcher.group(1));
            if (field.isEmpty()) {
                var names = Stream.of(Field.values()).map(Field::label).toList();
                settings.problem(
                        key,
                        matcher.group() + " is no field; there are: " + String.join(", ", names)
                                + Suggestion.of(matcher.group(1), names));
            }
            parts.add(new Part(text.substring(from, matcher.start()), field));
            from = matcher.end();
        }
        parts.add(new Part(text.substring(from), Optional.empty()));
        var stripped = text.strip();
        var isJson = stripped.startsWith("{") && !FIELD.matcher(stripped).lookingAt();
        return new Template(parts, isJson);
    }

    /** @param values of a field, as texts without quotes */
    public String render(Function<Field, String> values) {
        var out = new StringBuilder();
        for (var part : parts) {
            out.append(part.text);
            part.field.map(values).ifPresent(value -> out.append(isJson ? escaped(value) : value));
        }
        return out.toString();
    }

    /** As inside a JSON text. */
    private static String escaped(String value) {
        var quoted = JsonWriter.quoted(value);
        return quoted.substring(1, quoted.length() - 1);
    }
}
