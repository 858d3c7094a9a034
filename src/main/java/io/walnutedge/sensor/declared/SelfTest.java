package io.walnutedge.sensor.declared;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Value;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A vector: answers of the chip, and the values that the definition has to make of them. One thread. */
final class SelfTest {
    private static final double TOLERANCE = 1e-6;

    private final Definition definition;
    private final ConfigTable vector;

    SelfTest(Definition definition, ConfigTable vector) {
        this.definition = definition;
        this.vector = vector;
    }

    /** A vector that fails is a problem at its line. @return true, for a list of them */
    boolean run() {
        var before = vector.problemCount();
        var answers = answers();
        var isRefused = vector.flag("refused", false);
        var tolerance = vector.number("tolerance", TOLERANCE, 0, FieldReader.MOST);
        var values = vector.section("values");
        if (isRefused == values.isPresent()) {
            vector.problem("has to have either values { ... } or refused = true");
        }
        vector.finish();
        if (vector.problemCount() != before) {
            values.ifPresent(ConfigTable::keys);
            return false;
        }
        try {
            var measured = definition.decode(answers);
            if (isRefused) {
                vector.problem("refused", "the answer is taken, for " + words(measured));
            }
            values.ifPresent(expected -> compare(expected, measured, tolerance));
        } catch (Field.NoValueException none) {
            if (!isRefused) {
                vector.problem("the answer is refused: " + none.words());
            }
        }
        return true;
    }

    private List<byte[]> answers() {
        var texts = vector.texts("reads");
        var fetches = definition.reading().fetches();
        if (texts.size() != fetches.size()) {
            vector.problem("reads", texts.size() + " answers for " + fetches.size() + " reads");
            return List.of();
        }
        var answers = new ArrayList<byte[]>();
        for (var i = 0; i < texts.size(); i++) {
            answers.add(answer(texts.get(i), fetches.get(i).step().bytes()));
        }
        return answers;
    }

    private byte[] answer(String text, int count) {
        try {
            var bytes = HexFormat.of().parseHex(text.replace(" ", ""));
            if (bytes.length != count) {
                vector.problem("reads", "\"" + text + "\" has " + bytes.length + " bytes; the read has " + count);
            }
            return bytes;
        } catch (IllegalArgumentException noHex) {
            vector.problem("reads", "\"" + text + "\" is not bytes in hexadecimal, as in \"19 00\"");
            return new byte[0];
        }
    }

    private static void compare(ConfigTable expected, List<Measurement> measured, double tolerance) {
        if (expected.keys().isEmpty()) {
            expected.problem("says no value");
        }
        for (var measurement : measured) {
            var name = measurement.quantity().name();
            var found = number(measurement);
            expected.optionalNumber(name, -FieldReader.MOST, FieldReader.MOST)
                    .filter(value -> Math.abs(found - value) > tolerance)
                    .ifPresent(value -> expected.problem(name, "the answer gives " + found + ", not " + value));
        }
        expected.finish();
    }

    private static double number(Measurement measurement) {
        return ((Value.Numeric) measurement.value()).number();
    }

    private static String words(List<Measurement> measured) {
        return String.join(
                ", ",
                measured.stream()
                        .map(each -> each.quantity().name() + " " + number(each))
                        .toList());
    }
}
