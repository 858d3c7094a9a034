package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.text.Quote;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What MQTT allows as a topic (MQTT 3.1.1, 4.7): a {@link MqttText} that is not empty, with wildcards only in filters. A
 * leading {@code $} belongs to the broker (4.7.2): clouds have topics of their own there, so that only {@code $SYS} and
 * {@code $share} are refused for publishing.
 */
public final class Topics {
    private static final Pattern BLANK_END = Pattern.compile("(?U)^\\s+|\\s+$");

    private Topics() {}

    /** Reads a topic to publish to; notes a problem if it is not one. */
    public static String readConcrete(ConfigTable settings, String key, String fallback) {
        var topic = settings.text(key, fallback);
        var fault = faultOfConcrete(topic);
        if (!fault.isEmpty()) {
            settings.problem(key, Quote.of(topic) + " is no topic to publish to: " + fault);
        }
        return topic;
    }

    /**
     * Reads the first level or levels of topics; notes a problem if it is none. An empty level, as a slash at either end
     * gives it, is a level of its own in MQTT (4.7.1.1): whoever subscribes to {@code prefix/#} never sees what is below it.
     */
    static String readPrefix(ConfigTable settings, String key, String fallback) {
        var prefix = readConcrete(settings, key, fallback);
        if (List.of(prefix.split("/", -1)).contains("") && !prefix.isEmpty()) {
            var mended = Stream.of(prefix.split("/"))
                    .filter(level -> !level.isEmpty())
                    .collect(Collectors.joining("/"));
            settings.problem(
                    key,
                    "'" + prefix + "' has a / too many, and so a level without a name"
                            + (mended.isEmpty() ? "" : "; write \"" + mended + "\""));
        } else if (BLANK_END.matcher(prefix).find()) {
            settings.problem(
                    key,
                    "'" + prefix + "' has a blank at an end; write \""
                            + BLANK_END.matcher(prefix).replaceAll("") + "\"");
        }
        return prefix;
    }

    /** Why {@code topic} cannot be published to; empty if it can. */
    public static String faultOfConcrete(String topic) {
        var fault = faultOfText(topic);
        if (!fault.isEmpty()) {
            return fault;
        }
        if (topic.contains("+") || topic.contains("#")) {
            return "+ and # are wildcards";
        }
        if (topic.startsWith("$SYS/") || topic.startsWith("$share/")) {
            return "topics that begin with $SYS or $share belong to the broker";
        }
        return "";
    }

    private static String faultOfText(String topic) {
        return topic.isEmpty() ? "it is empty" : MqttText.fault(topic);
    }

    /**
     * Whether there is a topic that both filters match (4.7): {@code +} is one level, {@code #} the rest and its parent, and
     * neither matches a leading {@code $}. A topic is a filter that matches itself alone.
     */
    public static boolean overlap(String one, String other) {
        var a = one.split("/", -1);
        var b = other.split("/", -1);
        if ((isWild(a[0]) && b[0].startsWith("$")) || (isWild(b[0]) && a[0].startsWith("$"))) {
            return false;
        }
        for (var i = 0; i < Math.max(a.length, b.length); i++) {
            if ((i < a.length && a[i].equals("#")) || (i < b.length && b[i].equals("#"))) {
                return true;
            }
            if (i >= a.length || i >= b.length || (!isWild(a[i]) && !isWild(b[i]) && !a[i].equals(b[i]))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWild(String level) {
        return level.equals("+") || level.equals("#");
    }

    /** Why {@code filter} cannot be subscribed to; empty if it can. */
    public static String faultOfFilter(String filter) {
        var fault = faultOfText(filter);
        if (!fault.isEmpty()) {
            return fault;
        }
        var levels = filter.split("/", -1);
        for (var i = 0; i < levels.length; i++) {
            if (levels[i].contains("#") && !(levels[i].equals("#") && i == levels.length - 1)) {
                return "# must stand alone as the last level";
            }
            if (levels[i].contains("+") && !levels[i].equals("+")) {
                return "+ must stand alone in its level";
            }
        }
        return levels[0].equals("$share") ? faultOfShared(levels) : "";
    }

    /** A filter whose messages the clients of a group share: {@code $share/GROUP/FILTER} (MQTT 5, 4.8.2). */
    private static String faultOfShared(String[] levels) {
        var isComplete = levels.length > 2 && !levels[1].isEmpty() && !levels[1].equals("+");
        return isComplete
                ? faultOfFilter(String.join("/", Arrays.copyOfRange(levels, 2, levels.length)))
                : "a shared subscription is written $share/GROUP/FILTER";
    }
}
