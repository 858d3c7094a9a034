package io.walnutedge.publish;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.config.Replay;
import io.walnutedge.event.EventListener;
import io.walnutedge.mqtt.MessageSource;
import io.walnutedge.mqtt.Publication;
import io.walnutedge.outbox.Outbox;
import io.walnutedge.outbox.Outbox.Lost;
import io.walnutedge.outbox.log.Loss;
import io.walnutedge.reading.BootTimes;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.ReadingCodec;
import io.walnutedge.reading.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts readings into the outbox, and makes messages of what lies in the outbox. {@link #readings} on any thread, the methods of
 * a {@link MessageSource} on the thread {@code link}.
 */
public final class ReadingPublisher implements MessageSource, EventListener {
    private record Key(String sensor, String quantity) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && sensor.equals(key.sensor) && quantity.equals(key.quantity);
        }

        @Override
        public int hashCode() {
            return 31 * sensor.hashCode() + quantity.hashCode();
        }
    }

    private final Outbox outbox;
    private volatile Map<Key, MeasurementConfig> measurements;
    private final BootTimes times;
    private final String gapTopic;
    /** Of measurements whose backlog is not published whole. */
    private final Map<Key, Stamp> newest = new ConcurrentHashMap<>();

    private final Unsent unsent = new Unsent();

    /** An item of the outbox, with what is published of it. */
    private final class Taken implements Message {
        private final Outbox.Item item;
        private final @Nullable Publication publication;

        Taken(Outbox.Item item) {
            this.item = item;
            this.publication = publicationOf(item);
            if (publication == null) {
                outbox.remove(item);
            }
        }

        @Override
        public @Nullable Publication publication() {
            return publication;
        }

        @Override
        public void done() {
            outbox.remove(item);
        }

        @Override
        public void setAside() {
            unsent(item, decode(item.bytes()), Loss.TOO_LARGE);
            outbox.remove(item);
        }
    }

    /**
     * @param measurements by sensor, and by {@link MeasurementConfig#quantity}
     * @param gapTopic where losses are published, if it is not empty
     */
    public ReadingPublisher(
            Outbox outbox, Map<ItemId, Map<String, MeasurementConfig>> measurements, BootTimes times, String gapTopic) {
        this.outbox = outbox;
        this.measurements = byKey(measurements);
        this.times = times;
        this.gapTopic = gapTopic;
    }

    private static Map<Key, MeasurementConfig> byKey(Map<ItemId, Map<String, MeasurementConfig>> measurements) {
        var byKey = new HashMap<Key, MeasurementConfig>();
        measurements.forEach((sensor, quantities) ->
                quantities.forEach((quantity, config) -> byKey.put(new Key(sensor.value(), quantity), config)));
        return Map.copyOf(byKey);
    }

    /** Changes measurements, and adds some. Those that left are known still: readings of them may wait. Any thread. */
    public synchronized void learn(Map<ItemId, Map<String, MeasurementConfig>> changed) {
        var all = new HashMap<>(measurements);
        all.putAll(byKey(changed));
        measurements = Map.copyOf(all);
    }

    /** Queues readings in order, each under its sensor's name; never blocks. */
    @Override
    public void readings(List<Reading> batch) {
        var items = new ArrayList<Outbox.Fresh>(batch.size());
        for (var reading : batch) {
            note(reading);
            items.add(new Outbox.Fresh(reading.sensor().value(), ReadingCodec.encode(reading)));
        }
        outbox.add(items);
    }

    /** Takes notice of an item of an earlier run, before it can be published. Any thread. */
    public void found(byte[] bytes) {
        decode(bytes).ifPresent(reading -> {
            times.learn(reading.stamp());
            note(reading);
        });
    }

    private static Key key(Reading reading) {
        return new Key(reading.sensor().value(), reading.quantity());
    }

    private void note(Reading reading) {
        var key = key(reading);
        var config = measurements.get(key);
        if (config != null && config.replay() == Replay.LATEST) {
            newest.put(key, reading.stamp());
        }
    }

    @Override
    public @Nullable Message take() {
        return taken(outbox.take());
    }

    @Override
    public @Nullable Message takeBacklog() {
        return taken(outbox.takeBacklog());
    }

    private @Nullable Message taken(Outbox.@Nullable Item item) {
        return item == null ? null : new Taken(item);
    }

    @Override
    public void giveBack() {
        outbox.giveBack();
    }

    @Override
    public void onAdded(Runnable wake) {
        outbox.onAdded(wake);
    }

    /**
     * The message of an item; null where it is not to be published any more, and null, but counted, where it is damaged
     * or its measurement left the configuration.
     */
    private @Nullable Publication publicationOf(Outbox.Item item) {
        if (item.gap().isPresent()) {
            return gapTopic.isEmpty()
                    ? null
                    : new Publication(
                            gapTopic,
                            PayloadWriter.gap(item.source(), item.gap().get()),
                            1,
                            false);
        }
        var reading = decode(item.bytes());
        var config = reading.map(known -> measurements.get(key(known))).filter(MeasurementConfig::enabled);
        if (reading.isEmpty() || config.isEmpty()) {
            unsent(item, reading, reading.isEmpty() ? Loss.UNREADABLE : Loss.NOT_CONFIGURED);
            return null;
        }
        return item.historical() && !isReplayed(reading.get(), config.get())
                ? null
                : publication(reading.get(), config.get(), item.historical());
    }

    /** The message of a reading as it is published while it is new; none where its measurement left the configuration. */
    public Optional<Publication> publication(Reading reading) {
        return Optional.ofNullable(measurements.get(key(reading)))
                .filter(MeasurementConfig::enabled)
                .map(config -> publication(reading, config, false));
    }

    private boolean isReplayed(Reading reading, MeasurementConfig config) {
        return switch (config.replay()) {
            case ALL -> true;
            case LATEST -> reading.stamp().equals(newest.get(key(reading)));
            case NONE -> false;
        };
    }

    private static Optional<Reading> decode(byte[] bytes) {
        try {
            return Optional.of(ReadingCodec.decode(bytes));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    /** What waited is never retained: it could take the place of what is newer. */
    private Publication publication(Reading taken, MeasurementConfig config, boolean historical) {
        var reading = new Reading(taken.sensor(), taken.quantity(), taken.value(), times.settle(taken.stamp()));
        return new Publication(
                config.topic(),
                PayloadWriter.write(reading, config, historical),
                config.qos(),
                config.retain() && !historical);
    }

    private void unsent(Outbox.Item item, Optional<Reading> reading, Loss why) {
        unsent.add(
                item.source(),
                why,
                reading.map(known -> times.settle(known.stamp()).wall()));
    }

    /** Items taken from the outbox so far that could not be published. */
    public long unpublishable() {
        return unsent.total();
    }

    /** The same by source and reason. */
    public Map<Lost, Long> lost() {
        return unsent.counts();
    }

    /**
     * Tells the gaps that they leave, where those are told at all; to be called each second.
     *
     * @param told takes a topic and a payload; false where that is to be told again
     */
    public void tellGaps(BiPredicate<String, byte[]> told) {
        unsent.tell((source, gap) -> gapTopic.isEmpty() || told.test(gapTopic, PayloadWriter.gap(source, gap)));
    }
}
