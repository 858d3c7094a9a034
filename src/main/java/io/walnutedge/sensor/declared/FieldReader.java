package io.walnutedge.sensor.declared;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.sensor.DeclaredQuantity;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one field: its bits, and what they mean. One thread. */
final class FieldReader {
    static final double MOST = 1e12;

    /** In place of what the reads give, where they are wrong, or each field would say it again. */
    static final List<Integer> UNKNOWN = Collections.nCopies(StepReader.MAX_STEPS, StepReader.MAX_READ);

    private static final int MAX_BYTES = 4;
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,2})(?: *- *([0-9]{1,2}))?");

    /** What else stands in a sensor's table, where a quantity has a table too. */
    private static final Set<String> OTHER_KEYS = Stream.concat(
                    Stream.of("bus", "address", "mux", "definition"), DefinitionReader.KEYS.stream())
            .collect(Collectors.toUnmodifiableSet());

    private enum Endian {
        BIG,
        LITTLE
    }

    private record Span(int from, int to) {
        int size() {
            return Math.abs(to - from) + 1;
        }
    }

    private final String name;
    private final ConfigTable settings;
    private final List<Integer> payloads;

    /** @param payloads how many bytes each read gives, without checksums */
    FieldReader(String name, ConfigTable settings, List<Integer> payloads) {
        this.name = name;
        this.settings = settings;
        this.payloads = payloads;
    }

    Field field() {
        var bits = bits();
        var invalid = invalid(bits);
        var scale = new ScaleReader(settings).scale();
        var accepted = new Field.Range(
                settings.number("min", -Double.MAX_VALUE, -MOST, MOST),
                settings.number("max", Double.MAX_VALUE, -MOST, MOST));
        if (accepted.min() >= accepted.max()) {
            settings.problem("max", "is not above min");
        }
        var field =
                new Field(DeclaredQuantity.read(settings, name, OTHER_KEYS), bits, invalid, scale, accepted, crop());
        settings.finish();
        return field;
    }

    private Bits bits() {
        var read = settings.integer("read", 0, 0, Math.max(0, payloads.size() - 1));
        var payload = payloads.isEmpty() ? 1 : Math.max(1, payloads.get(Math.min(read, payloads.size() - 1)));
        var bytes = bytes(payload);
        var count = Math.min(bytes.size(), MAX_BYTES);
        var bits = span("bits", 8 * count - 1).orElse(new Span(8 * count - 1, 0));
        if (bits.from < bits.to) {
            settings.problem("bits", "the highest comes first, as in 15-4");
        }
        var isLittle = settings.choice("endian", Endian.BIG) == Endian.LITTLE;
        var sign = settings.choice("signed", Bits.Sign.OFF);
        return new Bits(read, bytes.from, count, isLittle, Math.min(bits.from, bits.to), bits.size(), sign);
    }

    /** Either {@code bytes = "0-1"} or {@code at = 0, count = 2}; without them, the whole answer. */
    private Span bytes(int payload) {
        if (settings.has("at") || settings.has("count")) {
            settings.refuse("bytes", "and at or count say the same; leave one out");
            var at = settings.integer("at", 0, 0, payload - 1);
            return new Span(at, at + settings.integer("count", 1, 1, Math.min(MAX_BYTES, payload - at)) - 1);
        }
        var bytes = span("bytes", payload - 1).orElse(new Span(0, payloads.equals(UNKNOWN) ? 0 : payload - 1));
        if (bytes.from > bytes.to || bytes.size() > MAX_BYTES) {
            settings.problem("bytes", "a number has 1 to " + MAX_BYTES + " bytes, the first byte first, as in 0-1");
            return new Span(0, 0);
        }
        return bytes;
    }

    /** Two ends such as {@code 15-4}, or one number. */
    private Optional<Span> span(String key, int last) {
        return settings.optionalWord(key).map(word -> {
            var match = SPAN.matcher(word.strip());
            if (match.matches()) {
                var from = Integer.parseInt(match.group(1));
                var to = match.group(2) == null ? from : Integer.parseInt(match.group(2));
                if (Math.max(from, to) <= last) {
                    return new Span(from, to);
                }
            }
            settings.problem(
                    key,
                    "'" + word + "' is none of the " + key + " there are; accepted: 0 to " + last
                            + ", one or two with - between");
            return new Span(0, 0);
        });
    }

    private Set<Long> invalid(Bits bits) {
        var values = new HashSet<Long>();
        var most = (double) ((1L << (8 * bits.count())) - 1);
        settings.list("invalid").ifPresent(list -> {
            for (var item : list.keys()) {
                var value = list.number(item, 0, 0, most);
                if (value != Math.rint(value)) {
                    list.problem(item, "is no whole number");
                }
                values.add((long) value);
            }
        });
        return Set.copyOf(values);
    }

    private Field.Range crop() {
        var list = settings.list("crop");
        if (list.isEmpty()) {
            return Field.Range.ALL;
        }
        var ends = new Field.Range(
                list.get().number("0", 0, -MOST, MOST), list.get().number("1", MOST, -MOST, MOST));
        if (list.get().keys().size() != 2 || ends.min() >= ends.max()) {
            settings.problem("crop", "is not two numbers, the lower first, as in [0, 100]");
            return Field.Range.ALL;
        }
        return ends;
    }
}
