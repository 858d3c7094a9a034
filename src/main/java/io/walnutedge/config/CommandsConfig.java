package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.text.Suggestion;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Section {@code commands}. Immutable; any thread.
 *
 * @param rate commands in a second, all together
 * @param ratePerOutput and for one output
 * @param allow what is taken from everywhere but the administrator's topic
 * @param adminTopic takes every word; empty where there is none
 */
public record CommandsConfig(int rate, int ratePerOutput, Set<CommandWord> allow, Optional<String> adminTopic) {
    private static final String ALLOW = "allow";
    private static final String ADMIN_TOPIC = "admin-topic";

    public CommandsConfig {
        allow = Set.copyOf(allow);
    }

    public static CommandsConfig from(ConfigTable settings) {
        var config = new CommandsConfig(
                settings.integer("rate", 200, 1, 10_000),
                settings.integer("rate-per-output", 50, 1, 10_000),
                allow(settings),
                settings.has(ADMIN_TOPIC)
                        ? Optional.of(Topics.readConcrete(settings, ADMIN_TOPIC, ""))
                        : Optional.empty());
        settings.finish();
        return config;
    }

    /** The same without some words, for whoever cannot obey them. */
    public CommandsConfig without(Set<CommandWord> words) {
        var rest = EnumSet.noneOf(CommandWord.class);
        rest.addAll(allow);
        rest.removeAll(words);
        return new CommandsConfig(rate, ratePerOutput, rest, adminTopic);
    }

    private static Set<CommandWord> allow(ConfigTable settings) {
        var words = EnumSet.noneOf(CommandWord.class);
        if (!settings.has(ALLOW)) {
            words.addAll(EnumSet.allOf(CommandWord.class));
        }
        for (var text : settings.texts(ALLOW)) {
            CommandWord.of(text).ifPresentOrElse(words::add, () -> unknown(settings, text));
        }
        return words;
    }

    private static void unknown(ConfigTable settings, String text) {
        var known = CommandWord.names();
        settings.problem(
                ALLOW,
                "'" + text + "' is no word of commands; accepted: " + String.join(", ", known)
                        + Suggestion.of(text, known));
    }
}
