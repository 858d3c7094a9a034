package io.walnutedge.mqtt;

import java.util.regex.Pattern;

/** A filter and who gets what matches it. Immutable; any thread. */
public record Subscription(String filter, int qos, Link.Handler handler) {

    /**
     * What stands before the filter of a group, whose clients share the messages: its name follows (MQTT 5, 4.8.2; brokers have
     * it with MQTT 3.1.1, too). The messages come on their own topics.
     */
    private static final Pattern GROUP = Pattern.compile("^\\$share/[^/]*/");

    /** MQTT 3.1.1, 4.7: {@code +} is one level, {@code #} the rest and its parent, neither matches a leading $. */
    boolean matches(String topic) {
        var own = GROUP.matcher(filter).replaceFirst("");
        if (topic.startsWith("$") != own.startsWith("$")) {
            return false;
        }
        var wanted = own.split("/", -1);
        var levels = topic.split("/", -1);
        for (var i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i >= levels.length || !(wanted[i].equals("+") || wanted[i].equals(levels[i]))) {
                return false;
            }
        }
        return wanted.length == levels.length;
    }
}
