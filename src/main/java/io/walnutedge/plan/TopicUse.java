package io.walnutedge.plan;

import io.walnutedge.config.DeviceConfig;
import io.walnutedge.config.MqttConfig;
import io.walnutedge.config.MqttText;
import io.walnutedge.config.Topics;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.plan.Topic.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Who uses which topic; a topic used twice is a problem, because its readers could not tell the two apart. One thread. */
final class TopicUse {
    private static final String SHARED = "readings with a template";

    /** More than follows a prefix of Homie's or discovery's topics: words, and names of up to 64 characters. */
    private static final String TAIL = "x".repeat(400);

    private final String homie;
    private final Map<String, String> users = new HashMap<>();
    /** By what the daemon publishes on, who does. */
    private final Map<String, String> published = new LinkedHashMap<>();

    private final List<Controller> controllers = new ArrayList<>();

    private record Controller(ConfigTable settings, String filter) {}

    /** @param homie what the topics of Homie begin with; empty where there are none */
    TopicUse(String homie) {
        this.homie = homie;
    }

    void ofDevice(ConfigTable settings, DeviceConfig device, MqttConfig mqtt) {
        if (!homie.isEmpty()) {
            judge(settings, "homie-domain", homie + TAIL, "Homie");
        }
        if (mqtt.discovery().isOn()) {
            judge(settings, "discovery-prefix", mqtt.discovery().prefix() + TAIL, "discovery");
        }
        use(settings, TopicMap.ofDevice(device, mqtt));
    }

    /** @param settings where they are configured */
    void use(ConfigTable settings, List<Topic> topics) {
        use(topics, part -> settings);
    }

    /** @param settings where they are configured, by the part of the owner whose they are */
    void use(List<Topic> topics, Function<String, ConfigTable> settings) {
        topics.forEach(topic -> use(settings.apply(topic.part()), topic));
    }

    private void use(ConfigTable settings, Topic topic) {
        var key = key(topic);
        switch (topic.kind()) {
            case CONTROLLER -> controllers.add(new Controller(settings.sectionOrEmpty("controller"), topic.name()));
            case TEMPLATE_READING -> share(settings, key, topic.name());
            case HOMIE -> published.put(topic.name(), "Homie");
            case DISCOVERY -> published.put(topic.name(), "Home Assistant's discovery");
            // its first levels are those of the filter for all of Homie
            case HOMIE_SET -> {}
            default -> {
                var what = what(topic);
                judge(settings, key, topic, what);
                claim(settings, key, topic.name(), what);
                if (topic.direction() == Direction.PUBLISH) {
                    published.putIfAbsent(topic.name(), user(settings, key, what));
                }
            }
        }
    }

    /** What decides where it is. */
    private static String key(Topic topic) {
        return switch (topic.kind()) {
            case COMMAND -> "command-topic";
            case ADMIN -> "admin-topic";
            case RESULT -> "result-topic";
            case SET -> "set-topic";
            case BIRTH -> "birth-topic";
            case DESCRIPTION -> "description";
            default -> topic.owner().isPresent() ? "topic" : "status-topic";
        };
    }

    /** What one that is made of another topic is for; empty where it is configured itself. */
    private static String what(Topic topic) {
        return switch (topic.kind()) {
            case GAP -> "the gaps of ";
            case HEALTH -> "the health of ";
            case CONFIG -> "the state of the configuration of ";
            case DESCRIPTION -> "the description of ";
            case ALERT -> topic.part().isEmpty() ? "the alert of " : "an alert of ";
            case STATUS -> topic.owner().isPresent() ? "the availability of " : "";
            case QUANTITY_STATUS -> "the availability of " + topic.part() + " of ";
            default -> "";
        };
    }

    private static void judge(ConfigTable settings, String key, Topic topic, String what) {
        switch (topic.kind()) {
            case LEVEL -> judge(settings, key, topic.name(), "its level");
            case SET -> judge(settings, key, topic.name(), "its commands");
            default -> {
                if (!what.isEmpty()) {
                    judge(settings, key, topic.name(), what + settings.path());
                }
            }
        }
    }

    /** A topic that is made of what stands under a key, and so may be too long where that is not. */
    private static void judge(ConfigTable settings, String key, String topic, String what) {
        if (!MqttText.fits(topic)) {
            settings.problem(
                    key, "makes the topic for " + what + " longer than the " + MqttText.MAX_BYTES + " bytes of MQTT");
        }
    }

    /** One that others of the same kind may use as well: their payloads say whose they are. */
    private void share(ConfigTable settings, String key, String topic) {
        published.putIfAbsent(topic, user(settings, key, ""));
        if (!SHARED.equals(users.putIfAbsent(topic, SHARED))
                && !users.get(topic).equals(SHARED)) {
            settings.problem(key, "topic '" + topic + "' is used by " + users.get(topic) + " already");
        }
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

    private void claim(ConfigTable settings, String key, String topic, String what) {
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
