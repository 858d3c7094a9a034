package io.walnutedge.sensor.text;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DecimalText;
import java.util.regex.Pattern;

/**
 * Takes the number out of what somebody wrote into a file: one number in the forms of {@link DecimalText}, perhaps with
 * its unit behind it ({@link UnitText}), and white space around both. Any other text is refused and not searched for
 * something that looks like a number: {@code - 5.2} is not 5.2, {@code 16 829 004} not 16 and {@code error 110} not 110.
 * Stateless; any thread.
 */
public final class NumberText {
    private static final Pattern NOT_A_NUMBER = Pattern.compile("(?is)[-+]?(?:nan|inf|infinity)\\b.*");
    private static final String CURE =
            "; give a pattern whose group is the number, as in pattern = \"level=([-+.0-9]+)\"";

    private NumberText() {}

    /**
     * The number of a text that is one number with an optional unit.
     *
     * @param where what it was read from, for the error
     */
    public static double only(String text, String where) throws SensorException {
        var line = text.strip();
        var end = DecimalText.end(line, 0);
        if (end > 0 && UnitText.isUnit(line.substring(end))) {
            return value(line.substring(0, end), where);
        }
        if (NOT_A_NUMBER.matcher(line).matches()) {
            throw SensorException.seeing(line, where + " holds no value, but nan or inf");
        }
        throw SensorException.seeing(
                line,
                where
                        + (line.chars().anyMatch(Character::isDigit)
                                ? " holds something else than one number with an optional unit" + CURE
                                : " holds no number"));
    }

    /** A text that must be one number and nothing else. */
    public static double whole(String text, String where) throws SensorException {
        if (text.isEmpty() || DecimalText.end(text, 0) != text.length()) {
            throw SensorException.seeing(text, where + " holds something else where a number was expected");
        }
        return value(text, where);
    }

    private static double value(String number, String where) throws SensorException {
        if (number.length() > DecimalText.LONGEST) {
            throw SensorException.seeing(
                    number,
                    where + " holds a number of " + number.length() + " characters; accepted: " + DecimalText.LONGEST);
        }
        var value = DecimalText.value(number, 0, number.length());
        if (!Double.isFinite(value)) {
            throw SensorException.seeing(number, where + " holds more than a number may be");
        }
        return value;
    }
}
