package io.walnutedge.discovery;

import io.walnutedge.state.StateFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which messages of discovery lie at the broker, kept over restarts: their topics, and the components that each tells of by
 * object id. On disk a line for each topic, {@code topic<TAB>object=component<TAB>...}. One thread.
 */
final class Announced {
    private static final String KEY = "discovery";

    private final StateFile state;
    private final Map<String, Map<String, String>> topics = new TreeMap<>();

    /** @param state is not asked before {@link #load} */
    Announced(StateFile state) {
        this.state = state;
    }

    void load() {
        state.get(KEY).ifPresent(text -> text.lines().forEach(this::line));
    }

    /** What cannot be read says nothing; no topic and no object id has a tab or an equals sign. */
    private void line(String line) {
        var fields = List.of(line.split("\t", -1));
        var components = new LinkedHashMap<String, String>();
        fields.stream().skip(1).filter(field -> field.indexOf('=') > 0).forEach(field -> {
            var at = field.indexOf('=');
            components.put(field.substring(0, at), field.substring(at + 1));
        });
        if (!fields.get(0).isEmpty()) {
            topics.computeIfAbsent(fields.get(0), topic -> new TreeMap<>()).putAll(components);
        }
    }

    /** Topics with their components, as they are now. */
    Map<String, Map<String, String>> topics() {
        return topics.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Map.copyOf(entry.getValue())));
    }

    /** These are there from now on, beside the others. */
    void add(List<Announcement> messages) {
        messages.forEach(message -> topics.computeIfAbsent(message.topic(), topic -> new TreeMap<>())
                .putAll(message.components()));
        save();
    }

    /** These are there and no others any more. */
    void only(List<Announcement> messages) {
        topics.clear();
        add(messages);
    }

    private void save() {
        var text = topics.entrySet().stream()
                .map(entry -> entry.getKey()
                        + entry.getValue().entrySet().stream()
                                .map(component -> "\t" + component.getKey() + "=" + component.getValue())
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
        // an empty list needs no place, and no write where there has never been one
        if (!text.isEmpty() || state.get(KEY).isPresent()) {
            state.put(KEY, text);
        }
    }
}
