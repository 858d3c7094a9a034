package io.walnutedge.discovery;

import io.walnutedge.state.StateStore;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which messages of discovery lie at the broker, kept over restarts. On disk a line for each topic, {@code
 * topic<TAB>object=component<TAB>...<TAB>told}, with the {@link Stage} at its end. One thread.
 */
final class PublishedDiscovery {
    private static final String KEY = "discovery";

    /** What is known of a message. */
    enum Stage {
        /** It, or some of its components, may be there. */
        SENT,
        /** The broker has it. */
        TOLD,
        /** In its place lies one that asks Home Assistant to let go of the entities and to keep what its user has set. */
        UNLOADED;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Stage of(List<String> fields) {
            return Stream.of(TOLD, UNLOADED)
                    .filter(stage -> fields.contains(stage.word()))
                    .findFirst()
                    .orElse(SENT);
        }
    }

    /**
     * A message at the broker.
     *
     * @param components that it tells of, by object id
     */
    record Told(Map<String, String> components, Stage stage) {
        Told {
            components = Map.copyOf(components);
        }

        private Told with(Map<String, String> more) {
            var all = new TreeMap<>(components);
            all.putAll(more);
            return new Told(all, knows(more) ? Stage.TOLD : Stage.SENT);
        }

        /** Whether the broker has told of all these. */
        boolean knows(Map<String, String> which) {
            return stage == Stage.TOLD && components.entrySet().containsAll(which.entrySet());
        }

        private Told at(Stage other) {
            return new Told(components, other);
        }

        private Told without(Collection<String> objects) {
            var rest = new TreeMap<>(components);
            rest.keySet().removeAll(objects);
            return new Told(rest, stage);
        }

        private String line() {
            return new TreeMap<>(components)
                            .entrySet().stream()
                                    .map(component -> "\t" + component.getKey() + "=" + component.getValue())
                                    .collect(Collectors.joining())
                    + "\t" + stage.word();
        }
    }

    private final StateStore state;
    private final Map<String, Told> topics = new TreeMap<>();

    /** @param state is not asked before {@link #load} */
    PublishedDiscovery(StateStore state) {
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
            topics.put(fields.get(0), new Told(components, Stage.of(fields)));
        }
    }

    /** By topic, as they are now. */
    Map<String, Told> topics() {
        return Map.copyOf(topics);
    }

    /** These are sent from now on, beside the others. */
    void add(List<Announcement> messages) {
        messages.forEach(message -> topics.merge(
                message.topic(), new Told(message.components(), Stage.SENT), (old, now) -> old.with(now.components())));
        save();
    }

    /** On their topics there is this and nothing else. */
    void set(List<Announcement> messages) {
        messages.forEach(message -> topics.put(message.topic(), new Told(message.components(), Stage.TOLD)));
        save();
    }

    /** So much is known of these topics. */
    void reach(Stage stage, Collection<String> which) {
        which.forEach(topic -> topics.computeIfPresent(topic, (any, told) -> told.at(stage)));
        save();
    }

    /** These components, by topic, are not told of any more. */
    void remove(Map<String, Map<String, String>> components) {
        components.forEach(
                (topic, objects) -> topics.computeIfPresent(topic, (any, told) -> told.without(objects.keySet())));
        save();
    }

    /** The broker has nothing on these topics any more. */
    void forget(Collection<String> which) {
        topics.keySet().removeAll(which);
        save();
    }

    private void save() {
        var text = topics.entrySet().stream()
                .map(entry -> entry.getKey() + entry.getValue().line())
                .collect(Collectors.joining("\n"));
        // an empty list needs no place, and no write where there has never been one
        if (!text.isEmpty() || state.get(KEY).isPresent()) {
            state.put(KEY, text);
        }
    }
}
