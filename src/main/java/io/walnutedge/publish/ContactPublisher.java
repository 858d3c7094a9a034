package io.walnutedge.publish;

import io.walnutedge.config.InputConfig;
import io.walnutedge.config.PayloadFormat;
import io.walnutedge.event.EventListener;
import io.walnutedge.event.InputEvent;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.reading.ItemId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Publishes the states of contacts as latest values, and events of keys to those that are subscribed now. The loop's thread;
 * never blocks.
 */
public final class ContactPublisher implements EventListener {
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

    private volatile Map<ItemId, InputConfig.Contact> contacts = Map.of();
    private final States states;
    private final Events events;

    public ContactPublisher(List<InputConfig> inputs, States states, Events events) {
        this.states = states;
        this.events = events;
        inputs(inputs);
    }

    /** Other inputs from now on. */
    public void inputs(List<InputConfig> inputs) {
        var all = new HashMap<ItemId, InputConfig.Contact>();
        inputs.forEach(input -> input.contact().ifPresent(contact -> all.put(input.id(), contact)));
        contacts = Map.copyOf(all);
    }

    @Override
    public void contact(ItemId id, boolean on) {
        var config = contacts.get(id);
        if (config != null) {
            states.put(config.topic(), utf8(on ? "ON" : "OFF"), config.qos(), config.retain());
        }
    }

    @Override
    public void key(ItemId id, InputEvent event) {
        var config = contacts.get(id);
        if (config != null && config.events().isPresent()) {
            var published = config.events().get();
            events.offer(published.topic(), utf8(payload(published.format(), event.word())), config.qos());
        }
    }

    /** As Home Assistant's MQTT event entity wants it, "event_type". */
    private static String payload(PayloadFormat format, String word) {
        return format == PayloadFormat.JSON
                ? new JsonWriter().put("event_type", word).toString()
                : word;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
