package io.walnutedge.watch;

import java.util.regex.Pattern;

/** The field {@code value} of a JSON payload of ours. */
final class JsonValue {
    private static final Pattern VALUE = Pattern.compile("\"value\":(?:\"([^\"]*)\"|([^,}]+))");

    private JsonValue() {}

    static String of(String payload) {
        var match = VALUE.matcher(payload);
        if (!match.find()) {
            return payload;
        }
        return match.group(1) == null ? match.group(2).strip() : match.group(1);
    }
}
