package io.walnutedge.json;

import com.grack.nanojson.JsonParserException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object or array (RFC 8259) from outside, strictly: a key given twice, text after the end, a lone surrogate, a
 * number that {@link BigDecimal} cannot hold and too much depth are refused. Stateless; any thread.
 *
 * <p>Values are {@link String}, {@link BigDecimal}, {@link Boolean}, {@link Map}, {@link List} or null. A number is kept
 * as written: {@code 1e999999999} is one, so ask {@link BigDecimal#longValueExact} and never for its plain digits.
 */
public final class JsonReader {
    private final com.grack.nanojson.JsonReader source;

    private JsonReader(com.grack.nanojson.JsonReader source) {
        this.source = source;
    }

    /**
     * Reads an object from bytes.
     *
     * @param maxBytes more are refused unread
     * @param maxDepth 1 allows no object or array inside the object
     * @throws JsonException if the bytes are not UTF-8 or not such an object
     */
    public static Map<String, @Nullable Object> object(byte[] utf8, int maxBytes, int maxDepth) throws JsonException {
        if (utf8.length > maxBytes) {
            throw new JsonException(utf8.length + " bytes are too many; at most " + maxBytes);
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
            return object(text.toString(), maxDepth);
        } catch (CharacterCodingException malformed) {
            throw new JsonException("not valid UTF-8", malformed);
        }
    }

    /** Reads an object from a text whose length its owner has limited. */
    public static Map<String, @Nullable Object> object(String text, int maxDepth) throws JsonException {
        checkShape(text, maxDepth);
        try {
            return new JsonReader(com.grack.nanojson.JsonReader.from(text)).object();
        } catch (JsonParserException malformed) {
            throw invalid(malformed);
        }
    }

    /** Reads an array from a text whose length its owner has limited. */
    public static List<@Nullable Object> array(String text, int maxDepth) throws JsonException {
        checkShape(text, maxDepth);
        try {
            var source = com.grack.nanojson.JsonReader.from(text);
            if (source.current() != com.grack.nanojson.JsonReader.Type.ARRAY) {
                throw new JsonException("not a JSON array");
            }
            return new JsonReader(source).array();
        } catch (JsonParserException malformed) {
            throw invalid(malformed);
        }
    }

    private static JsonException invalid(JsonParserException malformed) {
        return new JsonException(
                "not valid JSON at line " + malformed.getLinePosition() + ", character " + malformed.getCharPosition(),
                malformed);
    }

    /** Depth, and nothing after the end: what the library's pull parser, which the rest is left to, does not look at. */
    private static void checkShape(String text, int maxDepth) throws JsonException {
        var depth = 0;
        var inString = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (inString) {
                i += c == '\\' ? 1 : 0;
                inString = c != '"';
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                if (++depth > maxDepth) {
                    throw new JsonException("nested too deep; at most " + maxDepth);
                }
            } else if ((c == '}' || c == ']') && --depth <= 0) {
                requireBlank(text, i + 1);
                return;
            }
        }
        throw new JsonException(depth == 0 ? "not a JSON object" : "not valid JSON: it ends too early");
    }

    /** Blank is what RFC 8259, 2 calls ws. */
    private static void requireBlank(String text, int from) throws JsonException {
        if (text.chars().skip(from).anyMatch(c -> " \t\r\n".indexOf(c) < 0)) {
            throw new JsonException("text after the end of the JSON object");
        }
    }

    private Map<String, @Nullable Object> object() throws JsonParserException, JsonException {
        if (source.current() != com.grack.nanojson.JsonReader.Type.OBJECT) {
            throw new JsonException("not a JSON object");
        }
        var object = new LinkedHashMap<String, @Nullable Object>();
        source.object();
        while (source.next()) {
            var key = unicode(source.key());
            if (object.containsKey(key)) {
                throw new JsonException("a key is given twice");
            }
            object.put(key, value());
        }
        return Collections.unmodifiableMap(object);
    }

    private List<@Nullable Object> array() throws JsonParserException, JsonException {
        var array = new ArrayList<@Nullable Object>();
        source.array();
        while (source.next()) {
            array.add(value());
        }
        return Collections.unmodifiableList(array);
    }

    private @Nullable Object value() throws JsonParserException, JsonException {
        return switch (source.current()) {
            case OBJECT -> object();
            case ARRAY -> array();
            case STRING -> unicode(source.string());
            case NUMBER -> number(source.number().toString());
            case BOOLEAN -> source.bool();
            case NULL -> null;
        };
    }

    private static String unicode(String text) throws JsonException {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new JsonException("half a surrogate pair in a text");
        }
        return text;
    }

    private static BigDecimal number(String text) throws JsonException {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException exponentTooLarge) {
            throw new JsonException("a number out of range", exponentTooLarge);
        }
    }
}
