package io.walnutedge.discovery;

import io.walnutedge.json.JsonException;
import io.walnutedge.json.JsonReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What Home Assistant's core does with messages of discovery (2025.6, mqtt/discovery.py and mqtt/entity.py): an entity belongs
 * to the topic on which it was told of first, is unloaded or removed by that topic alone, and is busy for a while meanwhile.
 */
final class CoreModel {
    /** An entity is busy for so many seconds while it is loaded or unloaded. */
    static final int WORK = 3;

    private static final int DEPTH = 8;

    private record Message(String hash, String topic, Map<?, ?> config, boolean migrates) {}

    /** Names that the user gave, by unique id. */
    final Map<String, String> registry = new TreeMap<>();
    /** Conflicts that were logged, by topic. */
    final List<String> conflicts = new ArrayList<>();

    private final String prefix;
    /** By discovery hash, the topic. */
    private final Map<String, String> discovered = new HashMap<>();

    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, Integer> busyUntil = new HashMap<>();
    private final Map<String, Deque<Message>> queued = new HashMap<>();
    private int now;

    CoreModel(String prefix) {
        this.prefix = prefix;
    }

    /** Unique ids of the entities that work. */
    Set<String> loaded() {
        var loaded = new HashSet<String>();
        discovered.keySet().stream()
                .filter(hash -> !busyUntil.containsKey(hash))
                .forEach(hash -> loaded.add(ids.get(hash)));
        return loaded;
    }

    /** Gets what the broker keeps: components first, then devices, as it subscribes. */
    void restart(Map<String, String> kept) {
        discovered.clear();
        busyUntil.clear();
        queued.clear();
        for (var devices : List.of(false, true)) {
            kept.forEach((topic, payload) -> {
                if (topic.startsWith(prefix + "/device/") == devices) {
                    receive(topic, payload);
                }
            });
        }
    }

    void receive(String topic, String payload) {
        var match = Pattern.compile(Pattern.quote(prefix) + "/(\\w+)/(?:([a-zA-Z0-9_-]+)/)?([a-zA-Z0-9_-]+)/config")
                .matcher(topic);
        if (!match.matches()) {
            return;
        }
        var messages = match.group(1).equals("device")
                ? ofDevice(topic, match.group(3), payload)
                : List.of(ofComponent(topic, match.group(1) + " " + match.group(2) + " " + match.group(3), payload));
        for (var message : messages) {
            if (busyUntil.containsKey(message.hash)) {
                queued.computeIfAbsent(message.hash, any -> new ArrayDeque<>()).addLast(message);
                // as it stands there: the rest of the message is forgotten
                return;
            }
            process(message);
        }
    }

    private static Map<?, ?> parse(String payload) {
        try {
            return payload.isEmpty() ? Map.of() : JsonReader.object(payload, DEPTH);
        } catch (JsonException broken) {
            throw new AssertionError(payload, broken);
        }
    }

    private static Message ofComponent(String topic, String hash, String payload) {
        var config = parse(payload);
        var migrates = config.containsKey("migrate_discovery");
        return new Message(hash, topic, migrates ? Map.of() : config, migrates);
    }

    private List<Message> ofDevice(String topic, String node, String payload) {
        var config = parse(payload);
        var messages = new ArrayList<Message>();
        if (payload.isEmpty() || config.containsKey("migrate_discovery")) {
            discovered.keySet().stream()
                    .filter(hash -> hash.split(" ", -1)[1].equals(node))
                    .forEach(hash -> messages.add(new Message(hash, topic, Map.of(), !payload.isEmpty())));
            return messages;
        }
        ((Map<?, ?>) Objects.requireNonNull(config.get("cmps"))).forEach((object, component) -> {
            var keys = new HashMap<Object, Object>((Map<?, ?>) component);
            var platform = keys.remove("p");
            messages.add(new Message(platform + " " + node + " " + object, topic, keys, false));
        });
        return messages;
    }

    private void process(Message message) {
        var owner = discovered.get(message.hash);
        if (owner == null) {
            if (!message.config.isEmpty()) {
                discovered.put(message.hash, message.topic);
                ids.put(message.hash, (String) message.config.get("unique_id"));
                registry.putIfAbsent(ids.get(message.hash), "new");
                busyUntil.put(message.hash, now + WORK);
            }
        } else if (!owner.equals(message.topic)) {
            conflicts.add(message.topic);
        } else if (message.config.isEmpty()) {
            if (!message.migrates) {
                registry.remove(ids.get(message.hash));
            }
            discovered.remove(message.hash);
            busyUntil.put(message.hash, now + WORK);
        }
    }

    /** A second passes. */
    void tick() {
        now++;
        for (var hash : List.copyOf(busyUntil.keySet())) {
            if (busyUntil.getOrDefault(hash, 0) <= now) {
                busyUntil.remove(hash);
                var waiting = queued.getOrDefault(hash, new ArrayDeque<>());
                while (!waiting.isEmpty() && !busyUntil.containsKey(hash)) {
                    process(waiting.removeFirst());
                }
            }
        }
    }
}
