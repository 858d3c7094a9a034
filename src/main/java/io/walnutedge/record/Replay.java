package io.walnutedge.record;

import io.walnutedge.json.JsonException;
import io.walnutedge.json.JsonReader;
import io.walnutedge.sensor.SensorException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A recording that was read. Each device and each file answers what it did, in its own order. Any thread. */
public final class Replay {
    private static final int DEPTH = 1;
    private static final int LONGEST_PART = 60;

    /**
     * One answer.
     *
     * @param line of the file
     * @param out what was written, in hexadecimal digits
     * @param in what was answered, where it was no error
     */
    private record Answer(
            int line,
            String out,
            int count,
            @Nullable String in,
            @Nullable String error) {
        byte[] bytes() throws SensorException {
            if (in == null) {
                throw new SensorException(String.valueOf(error));
            }
            return HexFormat.of().parseHex(in);
        }
    }

    private final String config;
    private final Map<String, Queue<Answer>> answers;
    private final Map<String, byte[]> first;
    private final List<String> damage;
    private final List<String> deviations = new ArrayList<>();

    private Replay(String config, Map<String, Queue<Answer>> answers, Map<String, byte[]> first, List<String> damage) {
        this.config = config;
        this.answers = answers;
        this.first = first;
        this.damage = List.copyOf(damage);
    }

    /**
     * Reads a recording; what is damaged is left out and told.
     *
     * @throws IOException if the file cannot be read, or is no recording of a version that is known here
     */
    public static Replay open(Path file) throws IOException {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        var lines = decoder.decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                .toString()
                .split("\n", -1);
        if (!header(lines[0])) {
            throw new IOException(file + " is no recording, or of another version of the program");
        }
        var reader = new Lines();
        for (var i = 1; i < lines.length; i++) {
            if (!lines[i].isEmpty()) {
                reader.line(i + 1, lines[i]);
            }
        }
        return new Replay(reader.config, reader.answers, reader.first, reader.damage);
    }

    private static boolean header(String line) {
        try {
            var header = JsonReader.object(line, DEPTH);
            return header.get("walnut-edge-recording") instanceof BigDecimal version
                    && version.compareTo(BigDecimal.valueOf(Recording.VERSION)) == 0;
        } catch (JsonException other) {
            return false;
        }
    }

    /** Takes the lines one by one. */
    private static final class Lines {
        private final Map<String, Queue<Answer>> answers = new LinkedHashMap<>();
        private final Map<String, byte[]> first = new LinkedHashMap<>();
        private final List<String> damage = new ArrayList<>();
        private String config = "";

        void line(int number, String text) {
            try {
                take(number, JsonReader.object(text, DEPTH));
            } catch (JsonException | IllegalArgumentException broken) {
                damage.add("line " + number + ": " + broken.getMessage());
            }
        }

        private void take(int number, Map<String, @Nullable Object> json) throws JsonException {
            if (json.get("config") instanceof String text) {
                config = text;
                return;
            }
            var in = text(json, "in");
            var error = text(json, "error");
            if ((in == null) == (error == null)) {
                throw new JsonException("neither an answer nor an error");
            }
            var bytes = in == null ? new byte[0] : HexFormat.of().parseHex(in);
            var count = json.get("count") instanceof BigDecimal bytesBack ? bytesBack.intValueExact() : 0;
            var out = text(json, "out");
            var answer = new Answer(number, out == null ? "" : out, count, in, error);
            var source = source(json);
            answers.computeIfAbsent(source, name -> new ArrayDeque<>()).add(answer);
            if (in != null && source.startsWith("file ")) {
                first.putIfAbsent(source.substring("file ".length()), bytes);
            }
        }

        private static String source(Map<String, @Nullable Object> json) throws JsonException {
            for (var kind : List.of("i2c", "open", "file", "look")) {
                if (json.get(kind) instanceof String name) {
                    return kind + " " + name;
                }
            }
            throw new JsonException("no event that is known here");
        }

        private static @Nullable String text(Map<String, @Nullable Object> json, String key) {
            return json.get(key) instanceof String text ? text : null;
        }
    }

    /** The sensors' configuration, in JSON. */
    public String config() {
        return config;
    }

    /** Lines that could not be read. */
    public List<String> damage() {
        return damage;
    }

    /** Where the program asked something else than was recorded, each source once. */
    public synchronized List<String> deviations() {
        return List.copyOf(deviations);
    }

    /** The files that were read at least once, by their names in the recording, and what they answered first. */
    Map<String, byte[]> files() {
        return first;
    }

    Set<String> sources() {
        return answers.keySet();
    }

    /** What a transfer answered. */
    synchronized byte[] transfer(int bus, int address, String out, int count) throws SensorException {
        var source = "i2c " + bus + ":" + address;
        var answer = next(source);
        if (!answer.out.equals(out) || answer.count != count) {
            deviations.add(String.format(
                    "%s: the program asks %s, and line %d has %s",
                    source, asked(out, count), answer.line, asked(answer.out, answer.count)));
            throw new SensorException("the program asked " + asked(out, count) + ", not "
                    + asked(answer.out, answer.count) + " as in line " + answer.line + " of the recording");
        }
        return answer.bytes();
    }

    private static String asked(String out, int count) {
        var written = out.length() > LONGEST_PART ? out.substring(0, LONGEST_PART) + "..." : out;
        return "[" + written + (count == 0 ? "]" : "] and " + count + " bytes back");
    }

    /** What was said when a device was opened; an answer where it was opened well. */
    synchronized void open(int bus, int address) throws SensorException {
        var refused = answers.get("open " + bus + ":" + address);
        if (refused != null && answers.get("i2c " + bus + ":" + address) == null) {
            next("open " + bus + ":" + address).bytes();
        }
    }

    /** What a file answered; empty where nobody read it before. */
    synchronized Optional<byte[]> file(String name) throws SensorException {
        var source = "file " + name;
        return answers.containsKey(source) ? Optional.of(next(source).bytes()) : Optional.empty();
    }

    /** What a look showed, the last one for ever; empty where nobody looked. */
    synchronized Optional<String> look(String name) {
        var left = answers.getOrDefault("look " + name, new ArrayDeque<>());
        var answer = left.size() == 1 ? left.peek() : left.poll();
        return answer == null || answer.in == null
                ? Optional.empty()
                : Optional.of(new String(HexFormat.of().parseHex(answer.in), StandardCharsets.UTF_8));
    }

    private Answer next(String source) throws SensorException {
        var left = answers.get(source);
        var answer = left == null ? null : left.poll();
        if (answer == null) {
            throw new SensorException("the recording ends here");
        }
        return answer;
    }

    /** Whether every answer was played. */
    public synchronized boolean isOver() {
        return answers.entrySet().stream()
                .allMatch(each ->
                        each.getKey().startsWith("look ") || each.getValue().isEmpty());
    }
}
