package io.walnutedge.mqtt;

/** A filter and who gets what matches it. Immutable; any thread. */
public record Subscription(String filter, int qos, Link.Handler handler) {

    /** MQTT 3.1.1, 4.7: {@code +} is one level, {@code #} the rest and its parent, neither matches a leading $. */
    boolean matches(String topic) {
        if (topic.startsWith("$") != filter.startsWith("$")) {
            return false;
        }
        var wanted = filter.split("/", -1);
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
