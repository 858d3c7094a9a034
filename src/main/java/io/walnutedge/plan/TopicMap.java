package io.walnutedge.plan;

import io.walnutedge.config.InputConfig;
import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.health.Alerts;
import io.walnutedge.sampling.ScheduledSensor;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The topics of a plan, save for those of discovery and Homie, which are patterns. Stateless; any thread. */
public final class TopicMap {
    private TopicMap() {}

    /** Every topic that the daemon publishes on. */
    public static Set<String> writes(Plan plan) {
        var topics = new TreeSet<String>();
        var mqtt = plan.mqtt();
        topics.add(mqtt.topics().status());
        topics.add(mqtt.gapTopic());
        topics.add(mqtt.alertTopic());
        topics.add(mqtt.configTopic());
        topics.add(mqtt.healthTopic());
        topics.add(mqtt.topics().result());
        for (var what : Alerts.What.values()) {
            topics.add(mqtt.alertTopic(what));
        }
        plan.sensors().forEach(sensor -> {
            ofEntry(plan, sensor.id(), topics);
            sensor.measurements().values().stream()
                    .filter(MeasurementConfig::enabled)
                    .forEach(measurement -> topics.add(measurement.topic()));
            topics.addAll(statusTopics(plan, sensor));
        });
        plan.inputs().forEach(input -> {
            ofEntry(plan, input.id(), topics);
            ofInput(input, topics);
        });
        plan.outputs().forEach(output -> {
            ofEntry(plan, output.config().id(), topics);
            ofOutput(output.config(), topics);
        });
        if (mqtt.description()) {
            topics.add(mqtt.descriptionTopic(plan.base()));
        }
        return topics;
    }

    /** Of the quantities that have an availability of their own. */
    static List<String> statusTopics(Plan plan, ScheduledSensor sensor) {
        return sensor.availableEach().stream()
                .map(quantity -> plan.statusTopic(sensor.id(), quantity))
                .toList();
    }

    private static void ofEntry(Plan plan, Object id, Set<String> topics) {
        topics.add(plan.statusTopic(id));
        topics.add(plan.alertTopic(id));
    }

    private static void ofInput(InputConfig input, Set<String> topics) {
        input.contact().ifPresent(contact -> {
            topics.add(contact.topic());
            contact.events().ifPresent(events -> topics.add(events.topic()));
        });
        input.counter().ifPresent(counter -> counter.measurements().forEach(each -> topics.add(each.topic())));
    }

    private static void ofOutput(OutputConfig config, Set<String> topics) {
        topics.add(config.stateTopic());
        if (config.dimmable()) {
            topics.add(config.levelTopic());
        }
    }

    /** Every topic that it takes something from, save for the administrator's. */
    public static Set<String> reads(Plan plan) {
        var topics = new TreeSet<String>();
        topics.add(plan.mqtt().topics().command());
        if (plan.mqtt().discovery().isOn()) {
            topics.add(plan.mqtt().discovery().birthTopic());
        }
        plan.outputs().forEach(output -> {
            topics.addAll(output.config().commandTopics());
            output.config().watch().controller().ifPresent(controller -> topics.add(controller.topic()));
        });
        return topics;
    }
}
