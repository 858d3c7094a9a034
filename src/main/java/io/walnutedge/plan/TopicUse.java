package io.walnutedge.plan;

import io.walnutedge.config.MqttConfig;
import io.walnutedge.config.Settings;
import io.walnutedge.health.Alerts;
import java.util.HashMap;
import java.util.Map;

/** Who uses which topic; a topic used twice is a problem, because its readers could not tell the two apart. One thread. */
final class TopicUse {
    private static final String SHARED = "readings with a template";

    private final String base;
    private final String homie;
    private final Map<String, String> users = new HashMap<>();

    /** @param homie what the topics of Homie begin with; empty where there are none */
    TopicUse(String base, String homie) {
        this.base = base;
        this.homie = homie;
    }

    void ofDevice(Settings settings, MqttConfig mqtt) {
        publish(settings, "status-topic", mqtt.statusTopic());
        use(settings, "status-topic", mqtt.gapTopic(), "the gaps of ");
        use(settings, "status-topic", mqtt.alertTopic(), "the alert of ");
        use(settings, "status-topic", mqtt.healthTopic(), "the health of ");
        for (var what : Alerts.What.values()) {
            use(settings, "status-topic", mqtt.alertTopic(what), "an alert of ");
        }
        use(settings, "status-topic", mqtt.configTopic(), "the state of the configuration of ");
        if (mqtt.description()) {
            use(settings, "description", mqtt.descriptionTopic(base), "the description of ");
        }
        subscribe(settings, "command-topic", mqtt.commandTopic());
        publish(settings, "result-topic", mqtt.resultTopic());
    }

    /** The topics that each sensor, input and output has beside its values. */
    void ofEntry(Settings settings, Object id) {
        use(settings, "topic", base + "/" + id + "/status", "the availability of ");
        use(settings, "topic", base + "/" + id + "/alert", "the alert of ");
    }

    void publish(Settings settings, String key, String topic) {
        use(settings, key, topic, "");
    }

    /** One that others of the same kind may use as well: their payloads say whose they are. */
    void share(Settings settings, String key, String topic) {
        if (!SHARED.equals(users.putIfAbsent(topic, SHARED))
                && !users.get(topic).equals(SHARED)) {
            settings.problem(key, "topic '" + topic + "' is used by " + users.get(topic) + " already");
        }
    }

    void subscribe(Settings settings, String key, String topic) {
        use(settings, key, topic, "");
    }

    private void use(Settings settings, String key, String topic, String what) {
        if (!homie.isEmpty() && topic.startsWith(homie)) {
            settings.problem(
                    key, "topic '" + topic + "' belongs to mqtt.homie; choose another, or another homie-domain");
        }
        var user = what + settings.path() + " (" + settings.where(key) + ")";
        var other = users.putIfAbsent(topic, user);
        if (other != null) {
            settings.problem(key, "topic '" + topic + "' is used by " + other + " already");
        }
    }
}
