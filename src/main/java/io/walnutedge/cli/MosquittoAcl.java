package io.walnutedge.cli;

import io.walnutedge.config.FixedLogin;
import io.walnutedge.config.Login;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.Topic;
import io.walnutedge.plan.Topic.Direction;
import io.walnutedge.plan.Topic.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * An access list for mosquitto (mosquitto.conf(5), "acl_file") that gives a board what its plan needs: to write its own
 * topics, to read those of its commands. And one for people who may watch it and switch it, and one for its administrator.
 */
final class MosquittoAcl {
    private MosquittoAcl() {}

    /** Lines of the file. */
    static List<String> of(Plan plan) {
        var writes = plan.topics().names(Direction.PUBLISH);
        var reads = plan.topics().names(Direction.SUBSCRIBE);
        var admin = plan.topics().find(Kind.ADMIN).map(Topic::name);
        admin.ifPresent(reads::remove);
        var lines = new ArrayList<String>();
        lines.add(
                "# for mosquitto's acl_file: what " + plan.device().id() + " may do, made by walnut-edge check --acl");
        lines.add(user(plan.mqtt().connection().login()));
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
                entry("#topic read", plan.topics().of(Kind.RESULT).name()),
                entry("#topic write", topic))));
        return lines;
    }

    static String user(Login login) {
        return login instanceof FixedLogin fixed
                ? fixed.user()
                        .map(name -> entry("user", name))
                        .orElse("# without a user of its own (mqtt.user) this is for everybody who does not log in")
                : "# mqtt.login makes another user for each connection, which no line here can name";
    }

    /** mosquitto takes the blanks from both ends of a line, so that no rule can name what begins or ends with one. */
    private static String entry(String what, String name) {
        return name.startsWith(" ") || name.endsWith(" ")
                ? "# left out, because mosquitto drops the blanks at its ends; choose another: " + what + " '" + name
                        + "'"
                : what + " " + name;
    }
}
