package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.text.Quote;
import java.util.Locale;

/**
 * What may stand in a UTF-8 encoded string of MQTT: topics, filters, client ids and user names (MQTT 3.1.1, 1.5.3). This is
 * the one judge of what is sent; what arrives is taken as it is. Stateless; any thread.
 *
 * <p>Refused is what the standard forbids, U+0000, surrogates and more than 65,535 bytes, and what it says SHOULD NOT be
 * there, control characters and noncharacters, for which brokers close the connection. Everything else is text: every
 * script and plane, full-width forms, private use, U+FEFF too (1.5.3-3). A password and a payload are bytes and not judged.
 */
public final class MqttText {
    /** The length is sent as two bytes. */
    public static final int MAX_BYTES = 65_535;

    private MqttText() {}

    /** Why a text cannot be sent, as {@code it has ...}; empty if it can. */
    public static String fault(String text) {
        return text.codePoints()
                .filter(c -> !fault(c).isEmpty())
                .mapToObj(c -> String.format(Locale.ROOT, "it has %s, U+%04X", fault(c), c))
                .findFirst()
                .orElse(fits(text) ? "" : "it is longer than " + MAX_BYTES + " bytes");
    }

    /** Whether it is not too long. */
    public static boolean fits(String text) {
        return text.length() <= MAX_BYTES / 3
                || text.codePoints().mapToLong(MqttText::bytes).sum() <= MAX_BYTES;
    }

    private static String fault(int c) {
        if (Character.isISOControl(c)) {
            return "a control character";
        }
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            return "half of a character";
        }
        return isNoncharacter(c) ? "a code that is no character" : "";
    }

    /** Unicode, 23.7: the last two of each plane, and 32 of the Arabic presentation forms. */
    private static boolean isNoncharacter(int c) {
        return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
    }

    /** In UTF-8. */
    private static int bytes(int c) {
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }

    /** A text that must be there, and of which others are made. */
    static String read(ConfigTable settings, String key) {
        var text = settings.text(key);
        check(settings, key, "text for a login", text);
        return text;
    }

    /** Notes a problem where a text that stands under a key, or is made of what stands there, cannot be sent. */
    static void check(ConfigTable settings, String key, String what, String text) {
        var fault = fault(text);
        if (!fault.isEmpty()) {
            settings.problem(key, Quote.of(text) + " is no " + what + ": " + fault);
        }
    }
}
