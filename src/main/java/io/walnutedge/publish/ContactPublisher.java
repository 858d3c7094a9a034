package io.walnutedge.publish;

import io.walnutedge.config.InputConfig;
import io.walnutedge.config.PayloadFormat;
import io.walnutedge.event.InputEvent;
import io.walnutedge.input.InputListener;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.reading.Stamp;
import io.walnutedge.reading.Value;
import io.walnutedge.sampling.SampleSink;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says on which topic the inputs tell what they have to tell: states as last values, events to who listens now, counts as
 * readings. The loop's thread; never blocks.
 */
public final class ContactPublisher implements InputListener {
    /** Takes the latest value of a topic. */
    @FunctionalInterface
    public interface States {
        void put(String topic, byte[] payload, int qos, boolean retain);
    }

    /** Takes a message that nobody wants later; false if it was dropped. */
    @FunctionalInterface
    public interface Events {
        boolean offer(String topic, byte[] payload, int qos);
    }

    private record Counted(ItemId id, String quantity) {}

    private volatile Map<ItemId, InputConfig.Contact> contacts = Map.of();
    private final Map<Counted, Long> numbers = new HashMap<>();
    private final States states;
    private final Events events;
    private final SampleSink sink;
    private final SampleClock clock;

    /** @param sink takes readings, and tells availability */
    public ContactPublisher(
            List<InputConfig> inputs, States states, Events events, SampleSink sink, SampleClock clock) {
        this.states = states;
        this.events = events;
        this.sink = sink;
        this.clock = clock;
        inputs(inputs);
    }

    /** Other inputs from now on. */
    public void inputs(List<InputConfig> inputs) {
        var all = new HashMap<ItemId, InputConfig.Contact>();
        inputs.forEach(input -> input.contact().ifPresent(contact -> all.put(input.id(), contact)));
        contacts = Map.copyOf(all);
    }

    @Override
    public void changed(ItemId id, boolean on) {
        var contact = contacts.get(id);
        if (contact != null) {
            states.put(contact.topic(), utf8(on ? "ON" : "OFF"), contact.qos(), contact.retain());
        }
    }

    @Override
    public void happened(ItemId id, InputEvent event) {
        var contact = contacts.get(id);
        if (contact != null && contact.events().isPresent()) {
            var config = contact.events().get();
            events.offer(config.topic(), utf8(payload(config.format(), event.word())), contact.qos());
        }
    }

    /** As Home Assistant's MQTT event entity wants it, "event_type". */
    private static String payload(PayloadFormat format, String word) {
        return format == PayloadFormat.JSON
                ? new JsonWriter().put("event_type", word).toString()
                : word;
    }

    @Override
    public void counted(ItemId id, String quantity, Value value) {
        var seq = numbers.merge(new Counted(id, quantity), 1L, Long::sum);
        var stamp = new Stamp(
                clock.boot(),
                seq,
                clock.monotonic().getAsLong(),
                clock.wall().instant(),
                clock.synced().getAsBoolean());
        sink.readings(List.of(new Reading(id, quantity, value, stamp)));
    }

    @Override
    public void availability(ItemId id, boolean online, String why) {
        sink.availability(id, online, why);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
