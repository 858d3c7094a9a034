package io.walnutedge.discovery;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Names for people, made from ids. Stateless; any thread. */
final class DisplayNames {
    /** Words that are not written as they are spelt in ids. */
    private static final Map<String, String> SPELLINGS = Map.ofEntries(
            Map.entry("aqi", "AQI"),
            Map.entry("co2", "CO2"),
            Map.entry("cpu", "CPU"),
            Map.entry("eco2", "eCO2"),
            Map.entry("gpu", "GPU"),
            Map.entry("lan", "LAN"),
            Map.entry("led", "LED"),
            Map.entry("pm1", "PM1"),
            Map.entry("pm10", "PM10"),
            Map.entry("tvoc", "TVOC"),
            Map.entry("wifi", "Wi-Fi"),
            Map.entry("wlan", "WLAN"));

    private DisplayNames() {}

    /** {@code soil-1} is {@code Soil 1}. */
    static String title(String id) {
        var words = words(id);
        // the one that does not begin with a capital
        return words.isEmpty() || words.startsWith("eCO2")
                ? words
                : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** {@code room} and {@code air-quality} are {@code Room air quality}; what the part's name says already is not repeated. */
    static String of(String part, String what) {
        var words = words(what);
        var said = part.toLowerCase(Locale.ROOT);
        return said.equals(words.toLowerCase(Locale.ROOT)) || words.isEmpty() ? part : part + " " + words;
    }

    private static String words(String id) {
        // PM2.5, which an id cannot say
        return Arrays.stream(id.replace("pm2-5", "PM2.5").split("[-_]"))
                .filter(word -> !word.isEmpty())
                .map(word -> SPELLINGS.getOrDefault(word, word))
                .collect(Collectors.joining(" "));
    }
}
