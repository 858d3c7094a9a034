package io.walnutedge.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether what {@link JsonReader} has read can be shown on a terminal as it is. Stateless; any thread. */
public final class PrintableJson {
    private PrintableJson() {}

    /**
     * Whether no text in it, key or value, has a control character (C0, DEL, C1: the Unicode category Cc), a line
     * separator, or turns the direction of writing (UAX #9, 2). Tab and the ends of lines are taken for blanks.
     */
    public static boolean is(@Nullable Object value) {
        if (value instanceof String text) {
            return text.codePoints().noneMatch(PrintableJson::isActive);
        }
        if (value instanceof Map<?, ?> object) {
            return object.entrySet().stream().allMatch(entry -> is(entry.getKey()) && is(entry.getValue()));
        }
        return !(value instanceof List<?> array) || array.stream().allMatch(PrintableJson::is);
    }

    private static boolean isActive(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\t' && c != '\n' && c != '\r';
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default ->
                c == 0x061c
                        || c == 0x200e
                        || c == 0x200f
                        || (c >= 0x202a && c <= 0x202e)
                        || (c >= 0x2066 && c <= 0x2069);
        };
    }
}
