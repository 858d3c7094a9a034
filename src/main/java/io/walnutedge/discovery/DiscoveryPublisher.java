package io.walnutedge.discovery;

import io.walnutedge.config.DiscoveryConfig;
import io.walnutedge.config.DiscoveryConfig.Form;
import io.walnutedge.discovery.PublishedDiscovery.Stage;
import io.walnutedge.state.StateStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Home Assistant what there is, and what there is no more, also of earlier runs: what was told once is kept on a list
 * until the broker has forgotten it. What a {@link Migration} needs goes in steps, each when the broker has had the one
 * before for a while. Any thread; never blocks.
 */
public final class DiscoveryPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryPublisher.class);
    private static final byte[] EMPTY = new byte[0];

    /**
     * For Home Assistant to load or unload what it was told of: it works on them one after another, and of a message that
     * comes for an entity meanwhile it forgets the rest (core, mqtt/discovery.py, "queuing update").
     */
    static final Duration TAKEN = Duration.ofSeconds(5);

    /** The same, for one that had no connection at first. */
    static final Duration SETTLED = Duration.ofSeconds(40);

    /** Home Assistant is busy in its first second. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration SPREAD = Duration.ofSeconds(4);

    /** Between two answers to Home Assistant's starts: one that restarts again and again, or a liar, gets no more. */
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    /** The broker, as far as it matters here. Never blocks. */
    public interface Broker {
        /** Publishes the last value of a topic with the retain flag, again with each connection. */
        void keep(String topic, byte[] payload);

        /** Publishes the last value of a topic with the retain flag until it is acknowledged, and not again. */
        void once(String topic, byte[] payload);

        /** Whether there is a connection over which the last values of all these topics were acknowledged. */
        boolean has(Collection<String> topics);

        /** Bytes of topic and payload of messages that it does not take, by topic. */
        Map<String, Integer> refused();
    }

    /**
     * What is published together.
     *
     * @param topics whose last values the broker must have
     * @param rest for so long, before the next step
     */
    private record Step(Collection<String> topics, Duration rest, Runnable begin, Runnable end) {}

    private final Broker broker;
    private final PublishedDiscovery announced;
    private final ChosenForm form;
    private final Consumer<Description> values;
    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private final AtomicBoolean waking = new AtomicBoolean();
    private boolean answered;
    /** When the latest answer was sent. */
    private long answerAt;

    private Optional<Description> present = Optional.empty();
    /** What was published last, by topic: all of it is there to stay. */
    private final Map<String, String> said = new LinkedHashMap<>();
    /** Topics that were emptied, as far as the broker has not acknowledged it. */
    private final Set<String> emptied = new HashSet<>();

    private final Deque<Step> steps = new ArrayDeque<>();
    private boolean wasDelivered;
    private long since;

    /**
     * @param place which broker it is
     * @param state where the list is
     * @param values publishes once more what is not soon published anyway, for Home Assistant knows no value
     * @param random so that boards do not answer all at once
     */
    public DiscoveryPublisher(
            DiscoveryConfig config,
            String place,
            Broker broker,
            StateStore state,
            Consumer<Description> values,
            RandomGenerator random,
            LongSupplier nanoTime) {
        this.broker = broker;
        this.announced = new PublishedDiscovery(state);
        this.form = new ChosenForm(config, place, state);
        this.values = values;
        this.random = random;
        this.nanoTime = nanoTime;
    }

    /** Once, when the state has been read and before the link is started. */
    public synchronized void start(Description first) {
        announced.load();
        form.load(words(first).ofBoard().size());
        form.refused().ifPresent(DiscoveryPublisher::tellForm);
        change(first);
    }

    /** From now on this is what there is. */
    public synchronized void change(Description next) {
        present = Optional.of(next);
        steps.clear();
        wasDelivered = false;
        var words = words(next);
        var now = words.announcements(Map.of());
        var migration = Migration.between(announced.topics(), now, next.device().uid());
        drop(migration.dropped());
        if (!migration.left().isEmpty()) {
            LOG.info(
                    "Home Assistant is told of what was on {} in other messages; it keeps what its user has set",
                    count(migration.left()));
        }
        part(words, migration.parting());
        unload(migration.unloaded());
        tell(words, migration, next);
        if (!migration.left().isEmpty()) {
            steps.add(new Step(migration.left(), Duration.ZERO, () -> empty(migration.left()), () -> {}));
        }
        if (!migration.left().isEmpty() || !migration.gone().isEmpty()) {
            // whoever missed something gets it once more, before what is gone is left out
            steps.add(new Step(topics(now), SETTLED, () -> {}, this::again));
            steps.add(new Step(topics(now), TAKEN, () -> {}, () -> settle(now)));
        }
        steps.getFirst().begin.run();
    }

    private static String count(Collection<String> topics) {
        return topics.size() == 1 ? "1 topic" : topics.size() + " topics";
    }

    private static List<String> topics(List<Announcement> messages) {
        return messages.stream().map(Announcement::topic).toList();
    }

    private HomeAssistant words(Description description) {
        return new HomeAssistant(description, form.config());
    }

    private void drop(List<String> topics) {
        if (!topics.isEmpty()) {
            LOG.info("Home Assistant is told to forget {} that left the configuration", count(topics));
            empty(topics);
        }
    }

    private void empty(List<String> topics) {
        topics.forEach(topic -> once(topic, EMPTY));
        emptied.addAll(topics);
    }

    private void once(String topic, byte[] payload) {
        said.remove(topic);
        broker.once(topic, payload);
    }

    private void part(HomeAssistant words, Map<String, Map<String, String>> parting) {
        if (!parting.isEmpty()) {
            steps.add(new Step(
                    parting.keySet(),
                    TAKEN,
                    () -> parting.forEach(
                            (topic, gone) -> once(topic, words.parting(gone).getBytes(StandardCharsets.UTF_8))),
                    () -> announced.remove(parting)));
        }
    }

    private void unload(List<String> topics) {
        if (!topics.isEmpty()) {
            var payload = Migration.PAYLOAD.getBytes(StandardCharsets.UTF_8);
            steps.add(new Step(
                    topics,
                    TAKEN,
                    () -> topics.forEach(topic -> once(topic, payload)),
                    () -> announced.reach(Stage.UNLOADED, topics)));
        }
    }

    private void tell(HomeAssistant words, Migration migration, Description description) {
        var messages = words.announcements(migration.gone());
        steps.add(new Step(
                topics(messages),
                TAKEN,
                () -> {
                    announced.add(messages);
                    messages.forEach(this::publish);
                },
                () -> {
                    announced.reach(Stage.TOLD, topics(messages));
                    if (migration.isNews()) {
                        values.accept(description);
                    }
                }));
    }

    private void publish(Announcement message) {
        emptied.remove(message.topic());
        if (!message.payload().equals(said.put(message.topic(), message.payload()))) {
            broker.keep(message.topic(), message.bytes());
        }
    }

    /** What is gone is known everywhere. */
    private void settle(List<Announcement> now) {
        announced.set(now);
        now.forEach(this::publish);
    }

    /**
     * Takes what Home Assistant says of itself. All boards hear of its start at once, and each answers after a time of its
     * own, at most once a minute: a start that comes sooner is answered when the minute is over.
     *
     * @param kept true for what the broker had kept, which may be of any age
     * @param later does something after a time
     */
    public void heard(byte[] payload, boolean kept, BiConsumer<Duration, Runnable> later) {
        var started = !kept && new String(payload, StandardCharsets.UTF_8).equals("online");
        if (started && waking.compareAndSet(false, true)) {
            later.accept(pause(nanoTime.getAsLong()), () -> {
                answer();
                later.accept(TAKEN, this::repeatValues);
            });
        }
    }

    private synchronized Duration pause(long now) {
        var soonest = PAUSE.plusMillis(random.nextLong(SPREAD.toMillis()));
        var left = Duration.ofNanos(answerAt - now).plus(BETWEEN);
        return answered && left.compareTo(soonest) > 0 ? left : soonest;
    }

    private synchronized void answer() {
        answered = true;
        answerAt = nanoTime.getAsLong();
        waking.set(false);
        again();
    }

    private synchronized void repeatValues() {
        present.ifPresent(values);
    }

    /** Tells all of it once more. */
    private void again() {
        said.forEach((topic, payload) -> broker.keep(topic, payload.getBytes(StandardCharsets.UTF_8)));
    }

    /** Goes on where the broker has what it was given; each second or so. */
    public synchronized void look() {
        forgetEmptied();
        fallBack();
        if (steps.isEmpty()) {
            return;
        }
        var now = nanoTime.getAsLong();
        var step = steps.getFirst();
        var delivered = broker.has(
                step.topics.stream().filter(topic -> !isRefused(topic)).toList());
        if (!delivered || !wasDelivered) {
            wasDelivered = delivered;
            since = now;
        }
        if (delivered && now - since >= step.rest.toNanos()) {
            steps.removeFirst();
            wasDelivered = false;
            step.end.run();
            if (!steps.isEmpty()) {
                steps.getFirst().begin.run();
            }
        }
    }

    private void forgetEmptied() {
        var done = emptied.stream().filter(topic -> broker.has(List.of(topic))).toList();
        if (!done.isEmpty()) {
            done.forEach(emptied::remove);
            announced.forget(done);
        }
    }

    /** One message for each entity, where the broker does not take the one of the whole board. */
    private void fallBack() {
        if (present.isEmpty() || form.config().form() != Form.DEVICE) {
            return;
        }
        var topic = words(present.get()).deviceTopic();
        var bytes = broker.refused().get(topic);
        if (bytes != null && isRefused(topic)) {
            form.refuse(bytes);
            tellForm(bytes);
            change(present.get());
        }
    }

    /** Whether the broker does not take what is to be there; that it did not take a larger one says nothing. */
    private boolean isRefused(String topic) {
        var bytes = broker.refused().get(topic);
        var payload = said.get(topic);
        return bytes != null && payload != null && bytes <= Announcement.size(topic, payload);
    }

    private static void tellForm(int bytes) {
        LOG.warn(
                "the broker does not take the message of {} bytes that tells Home Assistant of the whole board: there"
                        + " is one for each entity instead, as with discovery = component, until the broker is another or"
                        + " the message smaller",
                bytes);
    }

    /** Bytes of the message of the whole board, where the broker does not take it and there is one for each entity. */
    public synchronized OptionalInt refused() {
        return form.refused();
    }
}
