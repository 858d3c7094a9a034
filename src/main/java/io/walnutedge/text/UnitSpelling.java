package io.walnutedge.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Units of measurement as people type them, in the one spelling in which they are published: {@code ℃}, {@code ºC},
 * {@code deg C} and {@code C} are {@code °C}, {@code %RH} is {@code %}, {@code ug/m3} is {@code µg/m³} (with U+00B5, as Home
 * Assistant writes it), {@code ㎡} and {@code m^2} are {@code m²}, {@code kOhm} is {@code kΩ}. Full-width letters are those
 * of ASCII. What is none of these stays as it is typed. Stateless; any thread.
 */
public final class UnitSpelling {
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺";
    /** Ordinal indicator, ring above, ring operator, prime and what else stands for the sign of degrees. */
    private static final String DEGREE_SIGNS = "\u00ba\u02da\u2218\u309c";

    private static final char MICRO = '\u00b5';
    private static final char MU = '\u03bc';

    private static final String BEGIN = "(?<=^|[/·⋅*( ])";

    private static final Pattern POWER =
            Pattern.compile(BEGIN + "([kcdmµn]?m|ft|in|yd|mi|s)(?:\\^|\\*\\*)?([234])(?![0-9A-Za-z])");
    private static final Pattern RAISED = Pattern.compile("(?<=[A-Za-zΩ°)])(?:\\^|\\*\\*)([-\u2212]?)([1-4])(?![0-9])");
    private static final Pattern ASCII_MICRO =
            Pattern.compile(BEGIN + "u(?=(?:Sv|Pa|mol|Gy|Wb|ohm|Ohm|Ω|bar|Torr|[AVWgmsSFHLlTJ])(?![A-Za-z]))");
    private static final Pattern OHM = Pattern.compile("(?<=^|[/·⋅*( ]|[kKMGmnµ])[oO][hH][mM][sS]?(?![A-Za-z])");
    private static final Pattern DEGREES =
            Pattern.compile(BEGIN + "(?:[°⁰]|[dD]eg(?:ree)?s?\\.?|[*'′](?=.?[CF])) ?([CcFfKk])(?![A-Za-z])");
    private static final Pattern BARE_DEGREES = Pattern.compile("^o?([CF])(?=$|/)");
    private static final Pattern HUMIDITY =
            Pattern.compile("(?i)% ?r\\.? ?[hf]\\.?|r\\.?h\\.? ?%|%? ?(?:相对湿度|相對濕度)|%rel\\.?");

    /** Whole units, in small letters; such as may be meant by one of other letters in capitals, MWh and mWh, are none. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("celsius", "°C"),
            Map.entry("摄氏度", "°C"),
            Map.entry("攝氏度", "°C"),
            Map.entry("fahrenheit", "°F"),
            Map.entry("华氏度", "°F"),
            Map.entry("華氏度", "°F"),
            Map.entry("kelvin", "K"),
            Map.entry("percent", "%"),
            Map.entry("lux", "lx"),
            Map.entry("hpa", "hPa"),
            Map.entry("kpa", "kPa"),
            Map.entry("hz", "Hz"),
            Map.entry("khz", "kHz"),
            Map.entry("db", "dB"),
            Map.entry("dbm", "dBm"),
            Map.entry("dba", "dBA"),
            Map.entry("db(a)", "dBA"),
            Map.entry("ppm", "ppm"),
            Map.entry("ppb", "ppb"),
            Map.entry("kw", "kW"),
            Map.entry("wh", "Wh"),
            Map.entry("kwh", "kWh"),
            Map.entry("kmh", "km/h"),
            Map.entry("kph", "km/h"),
            Map.entry("km/hr", "km/h"));

    private UnitSpelling() {}

    /** The same for all spellings of a unit. */
    public static String of(String typed) {
        var plain = new StringBuilder();
        typed.codePoints().forEach(c -> plain.append(plain(c)));
        var text = plain.toString().replace(MU, MICRO).strip();
        var word = WORDS.get(text.toLowerCase(Locale.ROOT));
        if (word != null) {
            return word;
        }
        if (HUMIDITY.matcher(text).matches()) {
            return "%";
        }
        text = POWER.matcher(text).replaceAll(match -> match.group(1) + superscript(match.group(2)));
        text = RAISED.matcher(text)
                .replaceAll(match -> (match.group(1).isEmpty() ? "" : "⁻") + superscript(match.group(2)));
        text = ASCII_MICRO.matcher(text).replaceAll(String.valueOf(MICRO));
        text = OHM.matcher(text).replaceAll("Ω");
        text = DEGREES.matcher(text).replaceAll(UnitSpelling::degrees);
        return BARE_DEGREES.matcher(text).replaceAll("°$1");
    }

    /** What compatibility decomposition leaves of it (Unicode, UAX 15), save for superscripts, which are exponents. */
    private static String plain(int c) {
        // ASCII is its own decomposition, and then the tables of Unicode need not be loaded
        if (c < 0x80 || SUPERSCRIPTS.indexOf(c) >= 0) {
            return Character.toString(c);
        }
        if (DEGREE_SIGNS.indexOf(c) >= 0) {
            return "°";
        }
        if (Character.getType(c) == Character.FORMAT || (c >= 0xfe00 && c <= 0xfe0f)) {
            return "";
        }
        return Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC)
                .replace('\u2215', '/')
                .replace('\u2044', '/');
    }

    private static String superscript(String digit) {
        return String.valueOf(SUPERSCRIPTS.charAt(digit.charAt(0) - '0'));
    }

    /** A kelvin has no degrees since 1967 (13th CGPM, resolution 3). */
    private static String degrees(MatchResult match) {
        var letter = match.group(1).toUpperCase(Locale.ROOT);
        return letter.equals("K") ? letter : "°" + letter;
    }
}
