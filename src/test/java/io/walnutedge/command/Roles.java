package io.walnutedge.command;

import io.walnutedge.command.CommandTopics.Role;
import java.util.List;

/** What stands in for subscriptions. */
public final class Roles {
    private Roles() {}

    /** That of a topic. */
    public static Role find(List<Role> roles, String topic) {
        return roles.stream()
                .filter(role -> role.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }
}
