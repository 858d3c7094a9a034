package io.walnutedge.command;

import io.walnutedge.command.CommandTopics.Kind;
import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.reading.SensorId;
import io.walnutedge.state.StateFile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Retained messages on set topics, where an output takes them as the state that is wanted. The broker hands one out again
 * with every connection, so that each is obeyed once: it is new if it differs from the last retained one and from
 * everything that was obeyed live since, because MQTT 3.1.1 does not tell of a live message whether the broker keeps it
 * (3.3.1.3). This is remembered across restarts. The loop's thread only.
 */
public final class DesiredStates {
    /** Messages that are remembered for each output. */
    private static final int REMEMBERED = 16;

    private final Set<SensorId> accepting;
    private final StateFile file;
    private final Map<SensorId, Set<String>> known = new HashMap<>();

    /** @param accepting outputs with {@code accept-retained} */
    public DesiredStates(Set<SensorId> accepting, StateFile file) {
        this.accepting = Set.copyOf(accepting);
        this.file = file;
    }

    boolean accepts(Role role) {
        return role.kind() == Kind.SET && accepting.contains(role.output().orElseThrow());
    }

    boolean isNew(Role role, byte[] payload) {
        return !seen(role.output().orElseThrow()).contains(digest(payload));
    }

    /** A live message was obeyed. */
    void arrived(Role role, byte[] payload) {
        if (accepts(role)) {
            remember(role.output().orElseThrow(), digest(payload));
        }
    }

    /** A retained message was obeyed: what came before it does not matter any more. */
    void obeyed(Role role, byte[] payload) {
        var output = role.output().orElseThrow();
        seen(output).clear();
        remember(output, digest(payload));
    }

    private void remember(SensorId output, String digest) {
        var seen = seen(output);
        seen.remove(digest);
        seen.add(digest);
        if (seen.size() > REMEMBERED) {
            seen.remove(seen.iterator().next());
        }
        file.put(key(output), String.join(",", seen));
    }

    private Set<String> seen(SensorId output) {
        return known.computeIfAbsent(
                output,
                none -> new LinkedHashSet<>(
                        List.of(file.get(key(output)).orElse("").split(","))));
    }

    private static String key(SensorId output) {
        return "outputs." + output + ".desired";
    }

    /** Short, whatever the payload. */
    private static String digest(byte[] payload) {
        var text = new String(payload, StandardCharsets.UTF_8).strip();
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
