package io.walnutedge.watch;

import java.util.regex.Pattern;

/** A field of a JSON payload of ours. Stateless; any thread. */
enum JsonValue {
    /** Of a reading. */
    VALUE,
    /** Of an output. */
    STATE,
    /** Of the daemon's health, in seconds. */
    UPTIME;

    private final Pattern pattern =
            Pattern.compile("\"" + name().toLowerCase(java.util.Locale.ROOT) + "\":(?:\"([^\"]*)\"|([^,}]+))");

    /** The field's value; the payload itself where there is none. */
    String of(String payload) {
        var match = pattern.matcher(payload);
        if (!match.find()) {
            return payload;
        }
        return match.group(1) == null ? match.group(2).strip() : match.group(1);
    }
}
