package io.walnutedge.cli;

import io.walnutedge.discovery.Descriptions;
import io.walnutedge.discovery.HomeAssistant;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.TopicMap;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * An access list for mosquitto (mosquitto.conf(5), "acl_file") that gives a board what its plan needs: to write its own
 * topics, to read those of its commands. And one for people who may watch it and switch it, and one for its administrator.
 */
final class MosquittoAcl {
    private MosquittoAcl() {}

    /** Lines of the file. */
    static List<String> of(Plan plan) {
        var writes = new TreeSet<>(TopicMap.writes(plan));
        var reads = new TreeSet<>(TopicMap.reads(plan));
        var admin = plan.commands().adminTopic();
        var discovery = plan.mqtt().discovery();
        if (discovery.isOn()) {
            writes.addAll(HomeAssistant.filters(Descriptions.of(plan, ""), discovery));
        }
        var homie = plan.mqtt().homie();
        if (homie.enabled()) {
            // as a whole: it also empties the topics of what left
            writes.add(homie.base(plan.device().id()) + "/#");
            reads.add(homie.base(plan.device().id()) + "/+/+/set");
        }
        var user = plan.mqtt().connection().user();
        var lines = new ArrayList<String>();
        lines.add(
                "# for mosquitto's acl_file: what " + plan.device().id() + " may do, made by walnut-edge check --acl");
        lines.add(user.map(name -> entry("user", name))
                .orElse("# without a user of its own (mqtt.user) this is for everybody who does not log in"));
        writes.forEach(topic -> lines.add(entry("topic write", topic)));
        reads.forEach(topic -> lines.add(entry("topic read", topic)));
        admin.ifPresent(topic -> lines.add(entry("topic read", topic)));
        lines.add("");
        lines.add("# who may watch it and send it commands: put in the name and remove the #");
        lines.add("#user operator");
        writes.forEach(topic -> lines.add(entry("#topic read", topic)));
        reads.forEach(topic -> lines.add(entry("#topic write", topic)));
        admin.ifPresent(topic -> lines.addAll(List.of(
                "",
                "# who may send it any command: put in the name and remove the #",
                "#user administrator",
                entry("#topic read", plan.mqtt().topics().result()),
                entry("#topic write", topic))));
        return lines;
    }

    /** mosquitto takes the blanks from both ends of a line, so that no rule can name what begins or ends with one. */
    private static String entry(String what, String name) {
        return name.startsWith(" ") || name.endsWith(" ")
                ? "# left out, because mosquitto drops the blanks at its ends; choose another: " + what + " '" + name
                        + "'"
                : what + " " + name;
    }
}
