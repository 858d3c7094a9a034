package io.walnutedge.sensor.text;

import io.walnutedge.sensor.SensorException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the number in what somebody wrote into a file: an optional sign, digits with an optional decimal point, an
 * optional exponent. {@code temp=48.2'C} gives 48.2, {@code CO2: 415 ppm} gives 415. What may mean something else is
 * refused and never half read:
 *
 * <ul>
 *   <li>digits that belong to a word before them are no number ({@code CO2}, {@code temp1}, {@code sensor-5});
 *   <li>a number that runs into letters ({@code 12abc}, {@code 0x1F}, {@code 23.5C}), or into another one, as in {@code 23,5},
 *       {@code 2026-01-02}, {@code 12:30}, {@code 1.2.3}, {@code 1'000};
 *   <li>a {@code nan} or {@code inf} before the first number, a sign that is not ASCII, more than 32 characters, more
 *       than a double holds ({@code 1e999}).
 * </ul>
 *
 * Stateless; any thread.
 */
public final class NumberText {
    /** A double has 17 decimal digits; a sensor fewer. */
    private static final int LONGEST = 32;

    /** Possessive, so that it takes linear time and no stack. */
    private static final String NUMBER = "(?:[0-9]++(?:\\.[0-9]++)?+|\\.[0-9]++)(?:[eE][-+]?+[0-9]++)?+";

    /** A word with what hangs on it, or a number with its sign and what stands right before and behind it. */
    private static final Pattern TOKEN = Pattern.compile("(?<word>[\\p{L}_][\\p{L}\\p{N}_.-]*+)"
            + "|(?<!\\p{N})(?<before>[-+\\p{Pd}\\u2212]*+)(?<number>" + NUMBER + ")(?<behind>[^\\s]{0,2}+)");

    private static final Pattern WHOLE = Pattern.compile("[-+]?+" + NUMBER);
    private static final Pattern NOT_A_NUMBER = Pattern.compile("(?i)[-+]?(?:nan|inf|infinity)\\b.*");

    /** Letters or digits, or any one character with a digit behind it, or a point that ends no sentence (1.#IND). */
    private static final Pattern RUNS_ON = Pattern.compile("[\\p{L}\\p{N}_#].*|.\\p{N}.*|\\.[^\\s].*");

    private NumberText() {}

    /**
     * The first number of a text.
     *
     * @param where what it was read from, for the error
     */
    public static double first(CharSequence text, String where) throws SensorException {
        if (isPlain(text)) {
            return Double.parseDouble(text.toString());
        }
        var token = TOKEN.matcher(text);
        while (token.find()) {
            var word = token.group("word");
            if (word == null) {
                return checked(token, where);
            }
            if (NOT_A_NUMBER.matcher(word).matches()) {
                throw new SensorException(where + " holds '" + shown(word) + "': no value");
            }
        }
        throw new SensorException(where + " holds no number: '" + shown(text) + "'");
    }

    /** Most files hold one short decimal number and a line end: those need no patterns. */
    private static boolean isPlain(CharSequence text) {
        var end = text.length();
        if (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        var begin = end > 0 && text.charAt(0) == '-' ? 1 : 0;
        var points = 0;
        for (var i = begin; i < end; i++) {
            var c = text.charAt(i);
            if (c == '.' && i > begin && i < end - 1) {
                points++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return end > begin && end <= LONGEST && points <= 1;
    }

    /** A text that must be one number and nothing else. */
    public static double whole(String text, String where) throws SensorException {
        if (text.length() > LONGEST || !WHOLE.matcher(text).matches()) {
            throw new SensorException(where + " holds '" + shown(text) + "' where a number was expected");
        }
        return finite(text, where);
    }

    private static double checked(Matcher token, String where) throws SensorException {
        var sign = token.group("before");
        var behind = token.group("behind");
        var number = sign + token.group("number");
        if (number.length() > LONGEST) {
            throw new SensorException(where + " holds a number of " + number.length() + " characters or more, '"
                    + shown(number) + "'; accepted: " + LONGEST);
        }
        if (!sign.isEmpty() && !sign.equals("-") && !sign.equals("+")) {
            throw new SensorException(where + " holds '" + shown(number) + "', whose sign is not plain - or +");
        }
        if (RUNS_ON.matcher(behind).matches()) {
            throw new SensorException(where + " holds '" + shown(number + behind)
                    + "', where it is not clear what the number is; give a pattern, as in pattern = \"([-+.0-9]+)C\"");
        }
        return finite(number, where);
    }

    private static double finite(String number, String where) throws SensorException {
        var value = Double.parseDouble(number);
        if (!Double.isFinite(value)) {
            throw new SensorException(where + " holds '" + number + "', more than a number may be");
        }
        return value;
    }

    private static String shown(CharSequence text) {
        var start = text.length() > 40 ? text.subSequence(0, 40) + "..." : text.toString();
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
