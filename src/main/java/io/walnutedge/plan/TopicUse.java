package io.walnutedge.plan;

import io.walnutedge.config.MqttConfig;
import io.walnutedge.config.MqttText;
import io.walnutedge.config.Topics;
import io.walnutedge.health.Alerts;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.ItemId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who uses which topic; a topic used twice is a problem, because its readers could not tell the two apart. One thread. */
final class TopicUse {
    private static final String SHARED = "readings with a template";

    /** More than follows a prefix of Homie's or discovery's topics: words, and names of up to 64 characters. */
    private static final String TAIL = "x".repeat(400);

    private final String base;
    private final String homie;
    private final Map<String, String> users = new HashMap<>();
    /** By what the daemon publishes on, who does. */
    private final Map<String, String> published = new LinkedHashMap<>();

    private final List<Controller> controllers = new ArrayList<>();

    private record Controller(ConfigTable settings, String filter) {}

    /** @param homie what the topics of Homie begin with; empty where there are none */
    TopicUse(String base, String homie) {
        this.base = base;
        this.homie = homie;
    }

    void ofDevice(ConfigTable settings, MqttConfig mqtt) {
        publish(settings, "status-topic", mqtt.topics().status());
        tell(settings, "status-topic", mqtt.gapTopic(), "the gaps of ");
        tell(settings, "status-topic", mqtt.alertTopic(), "the alert of ");
        tell(settings, "status-topic", mqtt.healthTopic(), "the health of ");
        for (var what : Alerts.What.values()) {
            tell(settings, "status-topic", mqtt.alertTopic(what), "an alert of ");
        }
        tell(settings, "status-topic", mqtt.configTopic(), "the state of the configuration of ");
        if (mqtt.description()) {
            tell(settings, "description", mqtt.descriptionTopic(base), "the description of ");
        }
        subscribe(settings, "command-topic", mqtt.topics().command());
        publish(settings, "result-topic", mqtt.topics().result());
        if (mqtt.discovery().isOn()) {
            subscribe(settings, "birth-topic", mqtt.discovery().birthTopic());
        }
        ofOthers(settings, mqtt);
    }

    /** What is published for other programs, as filters. */
    private void ofOthers(ConfigTable settings, MqttConfig mqtt) {
        if (!homie.isEmpty()) {
            judge(settings, "homie-domain", homie + TAIL, "Homie");
            published.put(homie + "#", "Homie");
        }
        if (mqtt.discovery().isOn()) {
            judge(settings, "discovery-prefix", mqtt.discovery().prefix() + TAIL, "discovery");
            mqtt.discovery().filters("+").forEach(filter -> published.put(filter, "Home Assistant's discovery"));
        }
    }

    /** The topics that each sensor, input and output has beside its values. */
    void ofEntry(ConfigTable settings, Object id) {
        tell(settings, "topic", base + "/" + id + "/status", "the availability of ");
        tell(settings, "topic", base + "/" + id + "/alert", "the alert of ");
    }

    /** The topic on which it is published whether a quantity has a value. */
    void ofQuantity(ConfigTable settings, ItemId id, String quantity) {
        tell(settings, "topic", Plan.statusTopic(base, id, quantity), "the availability of " + quantity + " of ");
    }

    void publish(ConfigTable settings, String key, String topic) {
        use(settings, key, topic, "");
        published(settings, key, topic, "");
    }

    /** A topic that is made of what stands under a key, and so may be too long where that is not. */
    static void judge(ConfigTable settings, String key, String topic, String what) {
        if (!MqttText.fits(topic)) {
            settings.problem(
                    key, "makes the topic for " + what + " longer than the " + MqttText.MAX_BYTES + " bytes of MQTT");
        }
    }

    private void tell(ConfigTable settings, String key, String topic, String what) {
        judge(settings, key, topic, what + settings.path());
        use(settings, key, topic, what);
        published(settings, key, topic, what);
    }

    private void published(ConfigTable settings, String key, String topic, String what) {
        published.putIfAbsent(topic, user(settings, key, what));
    }

    /** One that others of the same kind may use as well: their payloads say whose they are. */
    void share(ConfigTable settings, String key, String topic) {
        published(settings, key, topic, "");
        if (!SHARED.equals(users.putIfAbsent(topic, SHARED))
                && !users.get(topic).equals(SHARED)) {
            settings.problem(key, "topic '" + topic + "' is used by " + users.get(topic) + " already");
        }
    }

    void subscribe(ConfigTable settings, String key, String topic) {
        use(settings, key, topic, "");
    }

    /** A filter on which somebody else's sign of life is awaited. */
    void await(ConfigTable settings, String filter) {
        controllers.add(new Controller(settings, filter));
    }

    /** When all topics are known: what the board says itself is no sign of life of another. */
    void finish() {
        for (var controller : controllers) {
            published.entrySet().stream()
                    .filter(topic -> Topics.overlap(controller.filter, topic.getKey()))
                    .findFirst()
                    .ifPresent(own -> controller.settings.problem(
                            "topic",
                            "'" + controller.filter + "' matches '" + own.getKey()
                                    + "', which this board publishes for "
                                    + own.getValue()
                                    + ": its own messages would keep the output on for ever; use a topic on which only"
                                    + " the controller publishes"));
        }
    }

    private static String user(ConfigTable settings, String key, String what) {
        return what + settings.path() + " (" + settings.where(key) + ")";
    }

    private void use(ConfigTable settings, String key, String topic, String what) {
        if (!homie.isEmpty() && topic.startsWith(homie)) {
            settings.problem(
                    key, "topic '" + topic + "' belongs to mqtt.homie; choose another, or another homie-domain");
        }
        var user = user(settings, key, what);
        var other = users.putIfAbsent(topic, user);
        if (other != null) {
            settings.problem(key, "topic '" + topic + "' is used by " + other + " already");
        }
    }
}
