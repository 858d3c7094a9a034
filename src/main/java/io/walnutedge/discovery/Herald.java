package io.walnutedge.discovery;

import io.walnutedge.config.DiscoveryConfig;
import io.walnutedge.state.StateFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Home Assistant what there is, and what there is no more, also of earlier runs: what was told once is kept on a list
 * until the broker has forgotten it. Any thread; never blocks.
 */
public final class Herald {
    private static final Logger LOG = LoggerFactory.getLogger(Herald.class);

    /** For Home Assistant to take what the broker was given. */
    private static final Duration SETTLED = Duration.ofSeconds(40);

    /** Home Assistant is busy in its first second. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration SPREAD = Duration.ofSeconds(4);

    /** Between two answers to Home Assistant's starts: one that restarts again and again, or a liar, gets no more. */
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private final DiscoveryConfig config;
    private final BiConsumer<String, byte[]> retained;
    private final Announced announced;
    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private final AtomicBoolean waking = new AtomicBoolean();
    private boolean answered;
    /** When the latest answer was sent. */
    private long answerAt;

    private List<Announcement> present = List.of();
    private boolean cleaning;
    private boolean wasDelivered;
    private long since;

    /**
     * @param retained publishes the last value of a topic with the retain flag, again with each connection
     * @param state where the list is
     * @param random so that boards do not answer all at once
     */
    public Herald(
            DiscoveryConfig config,
            BiConsumer<String, byte[]> retained,
            StateFile state,
            RandomGenerator random,
            LongSupplier nanoTime) {
        this.config = config;
        this.retained = retained;
        this.announced = new Announced(state);
        this.random = random;
        this.nanoTime = nanoTime;
    }

    /** Once, when the state has been read and before the link is started. */
    public synchronized void start(Description description) {
        announced.load();
        change(description);
    }

    /** From now on this is what there is. */
    public synchronized void change(Description description) {
        var before = announced.topics();
        var now = messages(description, gone(before, plain(description)));
        var topics = now.stream().map(Announcement::topic).toList();
        var left = before.keySet().stream()
                .filter(topic -> !topics.contains(topic))
                .sorted()
                .toList();
        // first: Home Assistant takes the same entity on another topic only when it has left the first
        left.forEach(topic -> retained.accept(topic, new byte[0]));
        if (!left.isEmpty()) {
            LOG.info("Home Assistant is told to forget {} that left the configuration", count(left.size()));
        }
        var unchanged = now.equals(present);
        present = plain(description);
        cleaning = !left.isEmpty() || !now.equals(present);
        announced.add(present);
        wasDelivered = false;
        if (!unchanged) {
            now.forEach(this::publish);
        }
    }

    private static String count(int topics) {
        return topics == 1 ? "1 topic" : topics + " topics";
    }

    private List<Announcement> plain(Description description) {
        return messages(description, Map.of());
    }

    private List<Announcement> messages(Description description, Map<String, String> gone) {
        return new HomeAssistant(description, config).announcements(gone);
    }

    /** Of topics that stay, the components that leave. */
    private static Map<String, String> gone(Map<String, Map<String, String>> before, List<Announcement> now) {
        var gone = new HashMap<String, String>();
        for (var message : now) {
            gone.putAll(before.getOrDefault(message.topic(), Map.of()));
            message.components().keySet().forEach(gone::remove);
        }
        return gone;
    }

    private void publish(Announcement message) {
        retained.accept(message.topic(), message.payload().getBytes(StandardCharsets.UTF_8));
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
            later.accept(pause(nanoTime.getAsLong()), this::answer);
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

    /** Tells all of it once more. */
    private synchronized void again() {
        new ArrayList<>(present).forEach(this::publish);
    }

    /**
     * Looks whether what left has been forgotten; each second or so.
     *
     * @param delivered whether there is a connection over which the broker has acknowledged all of it
     */
    public synchronized void look(boolean delivered, long nowNanos) {
        if (!delivered || !wasDelivered) {
            wasDelivered = delivered;
            since = nowNanos;
        } else if (cleaning && nowNanos - since > SETTLED.toNanos()) {
            cleaning = false;
            announced.only(present);
            again();
        }
    }
}
