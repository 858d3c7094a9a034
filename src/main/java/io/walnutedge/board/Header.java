package io.walnutedge.board;

import io.walnutedge.text.Suggestion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A board's pin map. Immutable; any thread. */
final class Header {
    /** The bases on the vendor's kernels 6.1.31 and 5.15.147; for machines that are not the board, nothing else. */
    private static final Map<String, Integer> VENDOR_BASES =
            Map.of("300b000.pinctrl", 0, "2000000.pinctrl", 0, "7022000.pinctrl", 352);

    private final List<HeaderPin> pins;

    private Header(List<HeaderPin> pins) {
        this.pins = pins;
    }

    /** @param board the name of a map among the resources, such as {@code walnutpi-1b} */
    static Header load(String board) {
        var name = board + ".tsv";
        var stream = Header.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalArgumentException("no pin map " + name);
        }
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return new Header(lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Header::pin)
                    .toList());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static HeaderPin pin(String line) {
        var cells = List.of(line.split("\t", -1)).stream()
                .map(cell -> cell.equals("-") ? "" : cell)
                .toList();
        return new HeaderPin(
                Integer.parseInt(cells.get(0)),
                HeaderPin.Kind.valueOf(cells.get(1).toUpperCase(Locale.ROOT)),
                cells.get(2),
                cells.get(3),
                cells.get(4).isEmpty() ? -1 : Integer.parseInt(cells.get(4)),
                cells.get(5),
                cells.get(6),
                cells.get(7));
    }

    List<HeaderPin> pins() {
        return pins;
    }

    Optional<HeaderPin> at(int position) {
        return pins.stream().filter(pin -> pin.position() == position).findFirst();
    }

    /** By SoC name, such as {@code PC9} in any case. */
    Optional<HeaderPin> named(String name) {
        return pins.stream()
                .filter(HeaderPin::isLine)
                .filter(pin -> pin.name().equalsIgnoreCase(name))
                .findFirst();
    }

    Optional<HeaderPin> behind(String controller, int line) {
        return pins.stream()
                .filter(HeaderPin::isLine)
                .filter(pin -> pin.controller().equals(controller) && pin.line() == line)
                .findFirst();
    }

    /** The pin that has a sysfs number on the vendor's kernel. */
    Optional<HeaderPin> vendorNumber(int sysfs) {
        return pins.stream()
                .filter(HeaderPin::isLine)
                .filter(pin -> VENDOR_BASES.getOrDefault(pin.controller(), 0) + pin.line() == sysfs)
                .findFirst();
    }

    /** The lines' names that differ from a wrong one by one letter. */
    List<String> near(String wrong) {
        return pins.stream()
                .filter(HeaderPin::isLine)
                .map(HeaderPin::name)
                .filter(name -> Suggestion.distance(name, wrong) == 1)
                .toList();
    }
}
