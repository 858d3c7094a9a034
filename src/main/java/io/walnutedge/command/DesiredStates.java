package io.walnutedge.command;

import io.walnutedge.command.CommandTopics.Kind;
import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.control.Loop;
import io.walnutedge.reading.ItemId;
import io.walnutedge.state.StateStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Retained messages on set topics, where an output takes them as the state that is wanted. The broker hands one out again
 * with every subscription, so that each is obeyed at most once, whatever came since and however the process ended.
 *
 * <p>Remembered are the last retained message, which is on the card before it is obeyed, and every message that was obeyed
 * live since, because MQTT 3.1.1 does not tell of a live message whether the broker keeps it (3.3.1.3); these are written at
 * once, but obeyed before, because OFF must not wait for a card. A retained message that is handed out is the only one that
 * the broker keeps, so that those before it need not be remembered any longer. What was obeyed live is bounded: after
 * more than that, a retained message that is not among the remembered ones may be old or new, and is refused.
 *
 * <p>The loop's thread only, save for {@link #accept}.
 */
public final class DesiredStates {
    private final Loop loop;
    private final StateStore store;
    private final Map<ItemId, DesiredMemory> memories = new HashMap<>();
    private final Map<ItemId, Pending> pending = new HashMap<>();
    private volatile Set<ItemId> accepting;

    /** A message that is obeyed when it is on the card. */
    private record Pending(DesiredMemory before, Consumer<Optional<RefusedException>> then) {}

    /** @param accepting outputs with {@code accept-retained} */
    public DesiredStates(Loop loop, Set<ItemId> accepting, StateStore store) {
        this.loop = loop;
        this.accepting = Set.copyOf(accepting);
        this.store = store;
    }

    /** Another configuration; what is remembered stays. Any thread. */
    public void accept(Set<ItemId> outputs) {
        accepting = Set.copyOf(outputs);
    }

    boolean accepts(Role role) {
        return role.kind() == Kind.SET && accepting.contains(role.output().orElseThrow());
    }

    /** Whether the latest retained message is on its way to the card: what becomes of it is not known yet. */
    boolean isPending(Role role) {
        return pending.containsKey(role.output().orElseThrow());
    }

    /**
     * A retained message has arrived: the only one that the broker keeps.
     *
     * @throws RefusedException if that cannot be said
     */
    boolean isNew(Role role, byte[] payload) throws RefusedException {
        var output = role.output().orElseThrow();
        var digest = DesiredMemory.digest(payload);
        var memory = memory(output);
        if (memory.knows(digest)) {
            put(output, DesiredMemory.of(digest));
            return false;
        }
        if (memory.overflowed()) {
            put(output, DesiredMemory.of(digest));
            throw new RefusedException(
                    Refusal.RETAINED,
                    "retained command ignored: it may be one of the more than "
                            + memory.live().size() + " that were obeyed since the last retained one; publish it again");
        }
        return true;
    }

    /**
     * Has a retained message written down before it is obeyed.
     *
     * @param then told on the loop when it may be obeyed, or why not; another command may come first
     */
    void remember(Role role, byte[] payload, Consumer<Optional<RefusedException>> then) {
        var output = role.output().orElseThrow();
        supersede(output);
        var next = DesiredMemory.of(DesiredMemory.digest(payload));
        var waiting = new Pending(memory(output), then);
        memories.put(output, next);
        pending.put(output, waiting);
        store.putNow(key(output), next.toString(), why -> loop.after(Duration.ZERO, () -> written(role, waiting, why)));
    }

    private void written(Role role, Pending waiting, String why) {
        var output = role.output().orElseThrow();
        if (!waiting.equals(pending.get(output))) {
            return;
        }
        try {
            waiting.then.accept(why.isEmpty() ? Optional.empty() : Optional.of(unwritten(why)));
        } finally {
            pending.remove(output, waiting);
        }
    }

    private static RefusedException unwritten(String why) {
        return new RefusedException(
                Refusal.UNAVAILABLE,
                "retained command ignored: the state file cannot be written, so that a restart would obey it again: "
                        + why);
    }

    /** The one that waited was not obeyed: it will be new again. */
    void takeBack(Role role) {
        var output = role.output().orElseThrow();
        var waiting = pending.remove(output);
        if (waiting != null) {
            memories.put(output, waiting.before);
            store.putNow(key(output), waiting.before.toString(), why -> {});
        }
    }

    /**
     * A live command was obeyed: one that waits for the card came before it.
     *
     * @param names with the ranges of the outputs
     */
    void obeyedLive(Role role, byte[] payload, Command command, CommandTargets names) {
        command.switches().forEach(one -> supersede(one.output()));
        if (accepts(role) && command.switches().stream().allMatch(SwitchCommand::isState)) {
            var output = role.output().orElseThrow();
            var before = memory(output);
            var now = before.with(DesiredMemory.digest(payload), DesiredMemory.most(names.range(output)));
            if (!now.equals(before)) {
                memories.put(output, now);
                store.putNow(key(output), now.toString(), why -> {});
            }
        }
    }

    private void supersede(ItemId output) {
        var waiting = pending.remove(output);
        if (waiting != null) {
            waiting.then.accept(Optional.of(new RefusedException(
                    Refusal.RETAINED, "retained command ignored: a later command came before it was written down")));
        }
    }

    private void put(ItemId output, DesiredMemory memory) {
        memories.put(output, memory);
        store.put(key(output), memory.toString());
    }

    private DesiredMemory memory(ItemId output) {
        return memories.computeIfAbsent(
                output, none -> DesiredMemory.parse(store.get(key(output)).orElse("")));
    }

    private static String key(ItemId output) {
        return "outputs." + output + ".desired";
    }
}
