package io.walnutedge.cli;

import io.walnutedge.discovery.Descriptions;
import io.walnutedge.discovery.HomeAssistant;
import io.walnutedge.health.Alerts;
import io.walnutedge.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An access list for mosquitto (mosquitto.conf(5), "acl_file") that gives a board what its plan needs: to write its own
 * topics, to read those of its commands. And one for people who may watch it and switch it.
 */
final class MosquittoAcl {
    private MosquittoAcl() {}

    /** Lines of the file. */
    static List<String> of(Plan plan) {
        var writes = new TreeSet<>(writes(plan));
        var reads = new TreeSet<>(reads(plan));
        var discovery = plan.mqtt().discovery();
        if (discovery.isOn()) {
            writes.addAll(HomeAssistant.filters(Descriptions.of(plan, ""), discovery));
            reads.add(discovery.birthTopic());
        }
        var homie = plan.mqtt().homie();
        if (homie.enabled()) {
            // as a whole: it also empties the topics of what left
            writes.add(homie.base(plan.device().id()) + "/#");
            reads.add(homie.base(plan.device().id()) + "/+/+/set");
        }
        var user = plan.mqtt().user();
        var lines = new ArrayList<String>();
        lines.add(
                "# for mosquitto's acl_file: what " + plan.device().id() + " may do, made by walnut-edge check --acl");
        lines.add(user.map(name -> "user " + name)
                .orElse("# without a user of its own (mqtt.user) this is for everybody who does not log in"));
        writes.forEach(topic -> lines.add("topic write " + topic));
        reads.forEach(topic -> lines.add("topic read " + topic));
        lines.add("");
        lines.add("# who may watch it and send it commands: put in the name and remove the #");
        lines.add("#user operator");
        writes.forEach(topic -> lines.add("#topic read " + topic));
        reads.forEach(topic -> lines.add("#topic write " + topic));
        return lines;
    }

    /** Every topic that the daemon publishes on, save for those of discovery and Homie. */
    static Set<String> writes(Plan plan) {
        var topics = new TreeSet<String>();
        var mqtt = plan.mqtt();
        topics.addAll(List.of(
                mqtt.statusTopic(),
                mqtt.gapTopic(),
                mqtt.alertTopic(),
                mqtt.configTopic(),
                mqtt.healthTopic(),
                mqtt.resultTopic()));
        for (var what : Alerts.What.values()) {
            topics.add(mqtt.alertTopic(what));
        }
        plan.sensors().forEach(sensor -> {
            ofEntry(plan, sensor.id(), topics);
            sensor.measurements().values().stream()
                    .filter(measurement -> measurement.enabled())
                    .forEach(measurement -> topics.add(measurement.topic()));
        });
        plan.inputs().forEach(input -> {
            ofEntry(plan, input.id(), topics);
            input.contact().ifPresent(contact -> {
                topics.add(contact.topic());
                contact.events().ifPresent(events -> topics.add(events.topic()));
            });
            input.counter().ifPresent(counter -> counter.measurements().forEach(each -> topics.add(each.topic())));
        });
        plan.outputs().forEach(output -> {
            var config = output.config();
            ofEntry(plan, config.id(), topics);
            topics.add(config.stateTopic());
            if (config.dimmable()) {
                topics.add(config.levelTopic());
            }
        });
        if (mqtt.description()) {
            topics.add(mqtt.descriptionTopic(plan.base()));
        }
        return topics;
    }

    private static void ofEntry(Plan plan, Object id, Set<String> topics) {
        topics.add(plan.statusTopic(id));
        topics.add(plan.alertTopic(id));
    }

    /** Every topic that it takes something from, save for those of discovery and Homie. */
    static Set<String> reads(Plan plan) {
        var topics = new TreeSet<String>();
        topics.add(plan.mqtt().commandTopic());
        plan.outputs().forEach(output -> {
            topics.addAll(output.config().commandTopics());
            output.config().watch().controller().ifPresent(controller -> topics.add(controller.topic()));
        });
        return topics;
    }
}
