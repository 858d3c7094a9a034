package io.walnutedge.sensor.text;

import java.util.regex.Pattern;

/**
 * Knows units of measurement as people and programs write them behind a number: symbols of SI with their prefixes, and
 * those in common use beside it, with exponents and in products and quotients ({@code °C}, {@code ℃}, {@code %RH},
 * {@code kWh}, {@code µg/m³}, {@code m/s^2}, {@code L/min}). A word is no unit: {@code 5 errors} is not taken for 5.
 * Stateless; any thread.
 */
final class UnitText {
    /** Longer than any unit; what is tried is bounded by it. */
    private static final int LONGEST = 24;

    private static final String BLANK = "[ \\t\\u00a0\\u2009\\u202f]";

    /** Before a symbol; µ has two code points, and u stands for it in ASCII. */
    private static final String PREFIX = "(?:da|[KMGT]i|[YZEPTGMKkhdcmµμunpf])";

    private static final String SYMBOL = String.join(
            "|",
            "rad|deg|mol|bar|min|bps|Bps|bit|ohm|Ohm|Torr|atm|VAh|varh|VA|var|Wh|Ah|As|cal|eV|Hz|Pa|Wb|Bq|Sv|Gy|Gs",
            "lm|lx|lux|cd|sr|kn|dBm|dBA|dB|pH|px|rpm|RPM|cpm|CPM|cps|fps|mph|kph|psi|mmHg|inHg|mmH2O|inH2O",
            "ft|in|yd|mi|oz|lbs|lb|gal|ppm|ppb|ppt|NTU|FNU|EC|pcs|counts|count|pulses|pulse",
            "hr|m|g|s|h|d|t|A|K|C|F|N|J|W|V|Ω|\\u2126|S|T|G|H|B|L|l");

    private static final String DEGREES = "(?:[°º˚'*]|deg|degrees)" + BLANK + "?[CFK]|℃|℉|[°º˚]";
    private static final String PERCENT = "[%％]" + BLANK + "?(?:RH|rH|rh|r\\.H\\.|VWC|vol)?|‰";
    private static final String CHINESE = "摄氏度|度|[厘毫千]?米|公里|毫?升|千?克|公斤|毫?伏|毫?安|千?瓦|[百千]?帕|毫?秒|分钟?|小时|天|转|赫|欧";

    private static final String EXPONENT = "(?:\\^?[-\\u2212]?[1-4]|⁻?[¹²³⁴])";
    private static final String FACTOR = "(?:(?:" + PREFIX + "?(?:" + SYMBOL + "))" + EXPONENT + "?|" + DEGREES + "|"
            + PERCENT + "|" + CHINESE + ")";

    /** A rate may have nothing before its stroke, as in 5/min. */
    private static final Pattern UNIT =
            Pattern.compile("(?:" + BLANK + "*(?:" + FACTOR + "|(?=/))(?:[/·⋅*.]" + FACTOR + ")*)?");

    private UnitText() {}

    /** Whether all that follows a number is its unit; so is nothing. */
    static boolean isUnit(CharSequence behind) {
        return behind.length() <= LONGEST && UNIT.matcher(behind).matches();
    }
}
