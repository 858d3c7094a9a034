package io.walnutedge.record;

import io.walnutedge.json.JsonException;
import io.walnutedge.json.JsonReader;
import io.walnutedge.json.PrintableJson;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.RegularFile;
import io.walnutedge.text.TextFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recording that was read. Each device and each file answers what it did, in its own order. It may be a stranger's: what is
 * taken from it is of a known form, and nothing of it is longer or more than its parts may be. Any thread.
 */
public final class Replay {
    private static final int DEPTH = 1;
    private static final int LONGEST_PART = 60;

    /** A page of an attribute or a transfer of I2C (8192 bytes, i2c-dev.c) takes 16 KiB in digits; the sensors more. */
    private static final int LONGEST_LINE = 1024 * 1024;

    /** Damaged lines that are told one by one. */
    private static final int MOST_TOLD = 20;

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

    private Replay(Lines lines) {
        this.config = lines.config;
        this.answers = lines.answers;
        this.first = lines.first;
        this.damage = lines.damage();
    }

    /**
     * Reads a recording; what is damaged is left out and told.
     *
     * @throws IOException if it is not a regular file, cannot be read, is no recording of a version that is known here, or
     *     is longer than a third of the memory that Java may have
     */
    public static Replay open(Path file) throws IOException {
        return open(file, Runtime.getRuntime().maxMemory() / 3);
    }

    /** @param most bytes of the file */
    static Replay open(Path file, long most) throws IOException {
        try (var channel = RegularFile.open(file)) {
            var lines = new BoundedLines(Channels.newInputStream(channel), LONGEST_LINE, most);
            var first = lines.next();
            if (!header(first.isPresent() ? TextFile.decode(first.get()) : "")) {
                throw new IOException(file + " is no recording, or of another version of the program");
            }
            var reader = new Lines();
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                reader.line(lines.number(), line.get());
            }
            return new Replay(reader);
        } catch (TextFile.EncodingException other) {
            throw new IOException(file + " " + other.getMessage(), other);
        } catch (BoundedLines.TooLongException tooLong) {
            throw new IOException(
                    file + " is longer than " + most / (1024 * 1024)
                            + " MiB, which is what this Java has room for; java -Xmx gives it more",
                    tooLong);
        } catch (SensorException unreadable) {
            throw new IOException(unreadable.getMessage(), unreadable);
        }
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
        /** What is written to a device is written again and again: one text for all. */
        private final Map<String, String> written = new HashMap<>();

        private String config = "";
        private long untold;

        void line(int number, byte[] bytes) {
            if (bytes.length == 0) {
                return;
            }
            try {
                take(number, JsonReader.object(TextFile.decode(bytes), DEPTH));
            } catch (TextFile.EncodingException
                    | JsonException
                    | IllegalArgumentException
                    | ArithmeticException broken) {
                if (damage.size() < MOST_TOLD) {
                    damage.add("line " + number + ": " + broken.getMessage());
                } else {
                    untold++;
                }
            }
        }

        List<String> damage() {
            var told = new ArrayList<>(damage);
            if (untold > 0) {
                told.add(untold + " more lines");
            }
            return List.copyOf(told);
        }

        private void take(int number, Map<String, @Nullable Object> json) throws JsonException {
            if (json.get("config") instanceof String text) {
                config = text;
                return;
            }
            if (!PrintableJson.is(json)) {
                throw new JsonException("a control character in a text");
            }
            var in = text(json, "in");
            var error = text(json, "error");
            if ((in == null) == (error == null)) {
                throw new JsonException("neither an answer nor an error");
            }
            var bytes = in == null ? null : HexFormat.of().parseHex(in);
            var count = json.get("count") instanceof BigDecimal bytesBack ? bytesBack.intValueExact() : 0;
            var answer = new Answer(number, out(json), count, in, error);
            var source = source(json);
            if (source.startsWith("look ") && bytes != null && !PrintableJson.is(utf8(bytes))) {
                throw new JsonException("a control character in a name");
            }
            answers.computeIfAbsent(source, name -> new ArrayDeque<>()).add(answer);
            if (bytes != null && source.startsWith("file ")) {
                first.putIfAbsent(source.substring("file ".length()), bytes);
            }
        }

        private String out(Map<String, @Nullable Object> json) {
            var out = text(json, "out");
            if (out == null) {
                return "";
            }
            return written.computeIfAbsent(
                    HexFormat.of().formatHex(HexFormat.of().parseHex(out)), digits -> digits);
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

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The sensors' configuration, in JSON; as it stands in the file. */
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
                    Locale.ROOT,
                    "%s: the program asks %s, and line %d has %s",
                    source,
                    asked(out, count),
                    answer.line,
                    asked(answer.out, answer.count)));
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

    /** What a file answered. */
    synchronized byte[] file(String name) throws SensorException {
        var source = "file " + name;
        if (!answers.containsKey(source)) {
            throw new SensorException("the recording has no file " + name);
        }
        return next(source).bytes();
    }

    /** What a look showed, the last one for ever; empty where nobody looked. */
    synchronized Optional<String> look(String name) {
        var left = answers.getOrDefault("look " + name, new ArrayDeque<>());
        var answer = left.size() == 1 ? left.peek() : left.poll();
        return answer == null || answer.in == null
                ? Optional.empty()
                : Optional.of(utf8(HexFormat.of().parseHex(answer.in)));
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
