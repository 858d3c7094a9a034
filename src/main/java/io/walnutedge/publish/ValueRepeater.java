package io.walnutedge.publish;

import io.walnutedge.config.PayloadFormat;
import io.walnutedge.discovery.Description;
import io.walnutedge.discovery.Entity;
import io.walnutedge.discovery.HomeAssistant;
import io.walnutedge.mqtt.Publication;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Publishes once more what a controller cannot know after its start and would not hear soon: the latest reading of a quantity
 * that the broker does not keep and that comes seldom, or only when it changes; and states that the broker does not keep. A
 * reading keeps its time and its number. Any thread; never blocks.
 */
public final class ValueRepeater implements Consumer<Description> {
    /** What comes as often as this need not be repeated. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private final LatestStates latestStates;
    private final ReadingPublisher readings;
    private final Consumer<Publication> pass;
    private final Consumer<Collection<String>> again;
    private final LongSupplier nanoTime;

    /**
     * @param pass publishes a reading over the present connection: with another one it might come behind a newer one
     * @param again publishes the latest states of topics once more, of those that the broker does not keep
     */
    public ValueRepeater(
            LatestStates latestStates,
            ReadingPublisher readings,
            Consumer<Publication> pass,
            Consumer<Collection<String>> again,
            LongSupplier nanoTime) {
        this.latestStates = latestStates;
        this.readings = readings;
        this.pass = pass;
        this.again = again;
        this.nanoTime = nanoTime;
    }

    @Override
    public void accept(Description description) {
        var states = new ArrayList<String>();
        for (var part : description.parts()) {
            for (var entity : part.entities()) {
                if (entity instanceof Entity.Measured measured) {
                    repeat(part.id(), measured);
                } else if (entity instanceof Entity.Contact contact) {
                    states.add(contact.topic());
                } else if (entity instanceof Entity.Switchable output) {
                    states.add(output.stateTopic());
                    output.levelTopic().ifPresent(states::add);
                }
            }
        }
        again.accept(states);
    }

    private void repeat(ItemId id, Entity.Measured entity) {
        var reading = latestStates.readings(id).get(entity.quantity());
        if (reading != null && isPresent(id, entity) && isAwaited(entity) && isValid(entity, reading)) {
            readings.publication(reading)
                    .filter(publication -> !publication.retain())
                    .ifPresent(pass);
        }
    }

    private boolean isPresent(ItemId id, Entity.Measured entity) {
        return latestStates.offline(id).isEmpty()
                && latestStates.absence(id, entity.quantity()).isEmpty();
    }

    /** One with a template of the user's is not told of. */
    private static boolean isAwaited(Entity.Measured entity) {
        return entity.format() != PayloadFormat.TEMPLATE
                && entity.every().filter(every -> every.compareTo(SOON) <= 0).isEmpty();
    }

    /** One that would have expired by now is no present value any more. */
    private boolean isValid(Entity.Measured entity, Reading reading) {
        var age = Duration.ofNanos(nanoTime.getAsLong() - reading.stamp().monotonicNanos());
        return entity.every()
                .filter(every -> age.toSeconds() >= HomeAssistant.expiry(every))
                .isEmpty();
    }
}
