package io.walnutedge.command;

import io.walnutedge.config.CommandWord;
import io.walnutedge.config.CommandsConfig;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.reading.ItemId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The topics that commands arrive on, and what each means. Stateless; any thread.
 *
 * <p>An output's topics are those of {@link OutputConfig#commandTopics}, in that order.
 */
public final class CommandTopics {
    /** What a payload on a topic means. */
    public enum Kind {
        /** A state, or JSON. */
        SET,
        /** Milliseconds to be on, then off. */
        SET_ON_MS,
        /** Milliseconds to be off, then on. */
        SET_OFF_MS,
        /** An output and a state, or JSON with both. */
        COMMAND,
        /** The same, with every word. */
        ADMIN,
        /** {@code true} or {@code false}, and nothing else. */
        HOMIE_STATE,
        /** A level, and nothing else. */
        HOMIE_LEVEL
    }

    /**
     * What a message on a topic is taken for; it comes with the subscription.
     *
     * @param output empty for {@link Kind#COMMAND} and {@link Kind#ADMIN}
     */
    public record Role(String topic, Kind kind, Optional<ItemId> output) {
        /** Throws where {@code commands.allow} has not what a command asks; the administrator's topic takes all. */
        void requireAllowed(Set<CommandWord> allow, CommandWord word) throws RefusedException {
            if (kind != Kind.ADMIN && !allow.contains(word)) {
                throw new RefusedException(
                        Refusal.NOT_ALLOWED, "'" + word + "' is not allowed here: commands.allow does not have it");
            }
        }
    }

    private CommandTopics() {}

    /** Every topic to subscribe to, with its role; a topic that stands here twice is the configuration's mistake. */
    public static List<Role> of(String commandTopic, CommandsConfig commands, List<OutputConfig> outputs) {
        var roles = new ArrayList<Role>();
        roles.add(new Role(commandTopic, Kind.COMMAND, Optional.empty()));
        commands.adminTopic().ifPresent(topic -> roles.add(new Role(topic, Kind.ADMIN, Optional.empty())));
        for (var output : outputs) {
            var kinds = List.of(Kind.SET, Kind.SET_ON_MS, Kind.SET_OFF_MS).iterator();
            output.commandTopics().forEach(topic -> roles.add(new Role(topic, kinds.next(), Optional.of(output.id()))));
        }
        return roles;
    }
}
