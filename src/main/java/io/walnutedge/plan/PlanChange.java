package io.walnutedge.plan;

import io.walnutedge.config.InputConfig;
import io.walnutedge.hocon.RawEntry;
import io.walnutedge.output.OutputPlan;
import io.walnutedge.reading.ItemId;
import io.walnutedge.sampling.ScheduledSensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What another configuration changes in a running daemon. Immutable; any thread.
 *
 * @param plan what runs when it is done: the new one, with the old one's broker and store
 * @param goneTopics where the broker keeps a value that nobody publishes any more
 * @param restart sections that are read at the start only, and were changed
 */
public record PlanChange(
        Plan plan,
        Part<ScheduledSensor> sensors,
        Part<InputConfig> inputs,
        Part<OutputPlan> outputs,
        Set<String> goneTopics,
        List<String> restart) {

    /** The section that every topic and every path depends on: with another one nothing can be changed. */
    private static final String DEVICE = "device";
    /** They belong to the link and to the store, which live as long as the process. */
    private static final List<String> OF_THE_PROCESS = List.of("mqtt", "outbox");

    /**
     * One kind of things.
     *
     * @param leaving those that go, and those that are changed, as they are now
     * @param coming those that are new, and those that are changed, as they will be
     */
    public record Part<T>(Set<ItemId> leaving, Map<ItemId, T> coming) {
        static <T> Part<T> none() {
            return new Part<>(Set.of(), Map.of());
        }

        /** Those that go for good. */
        public Set<ItemId> gone() {
            var gone = new HashSet<>(leaving);
            gone.removeAll(coming.keySet());
            return gone;
        }

        /** Those that were changed. */
        public Set<ItemId> changed() {
            var changed = new HashSet<>(leaving);
            changed.retainAll(coming.keySet());
            return changed;
        }

        /** Those that were not there. */
        public Set<ItemId> added() {
            var added = new HashSet<>(coming.keySet());
            added.removeAll(leaving);
            return added;
        }

        public List<T> values() {
            return List.copyOf(coming.values());
        }
    }

    /** From one configuration to another of the same machine. */
    public static PlanChange between(Plan now, Plan next) {
        if (isChanged(DEVICE, now, next) || !base(now).equals(base(next))) {
            return new PlanChange(
                    now,
                    Part.none(),
                    Part.none(),
                    Part.none(),
                    Set.of(),
                    List.of(isChanged(DEVICE, now, next) ? DEVICE : "mqtt.topic-prefix"));
        }
        var restart = OF_THE_PROCESS.stream()
                .filter(section -> isChanged(section, now, next))
                .toList();
        var sections = now.texts().sections();
        var plan = new Plan(
                next.device(),
                now.mqtt(),
                now.outbox(),
                next.commands(),
                next.log(),
                next.sensors(),
                next.inputs(),
                next.outputs(),
                new Plan.Texts(sections, next.texts().entries()));
        BiPredicate<ItemId, Object> text =
                (id, any) -> written(now, id).isPresent() && written(now, id).equals(written(next, id));
        var gone = now.topics().retained();
        gone.removeAll(plan.topics().retained());
        return new PlanChange(
                plan,
                part(
                        now.sensors(),
                        next.sensors(),
                        ScheduledSensor::id,
                        // a default of another section may reach into it
                        (old, fresh) ->
                                text.test(old.id(), old) && old.measurements().equals(fresh.measurements())),
                part(now.inputs(), next.inputs(), InputConfig::id, Object::equals),
                part(
                        now.outputs(),
                        next.outputs(),
                        output -> output.config().id(),
                        (old, fresh) -> text.test(old.config().id(), old)
                                && old.config().equals(fresh.config())),
                Set.copyOf(gone),
                restart);
    }

    private static String base(Plan plan) {
        return plan.mqtt().topics().base();
    }

    /** In words, for the log. */
    @Override
    public String toString() {
        var words = new ArrayList<String>();
        words(words, "added", Part::added);
        words(words, "changed", Part::changed);
        words(words, "removed", Part::gone);
        return words.isEmpty() ? "no sensor, input or output was changed" : String.join("; ", words);
    }

    private void words(List<String> words, String what, Function<Part<?>, Set<ItemId>> which) {
        var names = ids(which);
        if (!names.isEmpty()) {
            words.add(what + " " + String.join(", ", names));
        }
    }

    /** The sensors, inputs and outputs that left the configuration. */
    public List<ItemId> gone() {
        return all(Part::gone).toList();
    }

    /** The names of some of all parts, sorted. */
    public List<String> ids(Function<Part<?>, Set<ItemId>> which) {
        return all(which).map(ItemId::value).sorted().toList();
    }

    private Stream<ItemId> all(Function<Part<?>, Set<ItemId>> which) {
        return Stream.of(sensors, inputs, outputs).flatMap(part -> which.apply(part).stream());
    }

    private static boolean isChanged(String section, Plan now, Plan next) {
        return !Optional.ofNullable(now.texts().sections().get(section))
                .equals(Optional.ofNullable(next.texts().sections().get(section)));
    }

    private static Optional<RawEntry> written(Plan plan, ItemId id) {
        return Optional.ofNullable(plan.texts().entries().get(id));
    }

    private static <T> Part<T> part(List<T> now, List<T> next, Function<T, ItemId> id, BiPredicate<T, T> isSame) {
        var before = now.stream().collect(Collectors.toMap(id, each -> each));
        var leaving = new HashSet<>(before.keySet());
        var coming = new LinkedHashMap<ItemId, T>();
        for (var fresh : next) {
            var old = before.get(id.apply(fresh));
            if (old != null && isSame.test(old, fresh)) {
                leaving.remove(id.apply(fresh));
            } else {
                coming.put(id.apply(fresh), fresh);
            }
        }
        return new Part<>(leaving, coming);
    }
}
