package io.walnutedge.discovery.homie;

import io.walnutedge.command.CommandTopics.Kind;
import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.config.HomieConfig;
import io.walnutedge.discovery.Description;
import io.walnutedge.discovery.Entity;
import io.walnutedge.event.InputEvent;
import io.walnutedge.event.OutputState;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Value;
import io.walnutedge.reading.ValueRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A device with its nodes and their properties: each sensor, input and output that is shown is a node. Immutable; any thread.
 *
 * <pre>
 *   room/temperature    float, integer or string    a quantity of a sensor, or of a counter
 *   door/state          boolean                     a contact
 *   key/event           enum, not retained          what happens to a key
 *   lamp/state          boolean, settable           an output
 *   lamp/level          float 0:100 %, settable     of one with levels
 * </pre>
 */
public final class HomieDevice {
    /** The version of the convention, without its last part. */
    private static final String CONVENTION = "5.0";

    private static final String STATE = "state";
    private static final String LEVEL = "level";
    private static final String EVENT = "event";
    private static final String TRUE = "true";
    private static final String FALSE = "false";

    /** @param range of the level, where an output has one */
    private record Node(ItemId id, String name, Map<String, Property> properties, Optional<ValueRange> range) {}

    /** Something to publish. */
    public record Message(String topic, String payload) {}

    private final String name;
    private final HomieTopics topics;
    private final Map<String, Node> nodes;

    private HomieDevice(String name, HomieTopics topics, Map<String, Node> nodes) {
        this.name = name;
        this.topics = topics;
        this.nodes = nodes;
    }

    public static HomieDevice of(Description description, HomieConfig config) {
        var nodes = new LinkedHashMap<String, Node>();
        for (var part : description.parts()) {
            var properties = new LinkedHashMap<String, Property>();
            part.entities().forEach(entity -> add(properties, entity));
            // the board's own part has nothing that comes as a value
            if (!properties.isEmpty()) {
                nodes.put(HomieConfig.id(part.id().value()), new Node(part.id(), part.name(), properties, range(part)));
            }
        }
        var device = description.device();
        return new HomieDevice(device.name(), new HomieTopics(config.base(device.id())), nodes);
    }

    private static Optional<ValueRange> range(Description.Part part) {
        return part.entities().stream()
                .filter(Entity.Switchable.class::isInstance)
                .flatMap(entity -> ((Entity.Switchable) entity).level().stream())
                .map(Entity.Switchable.Level::range)
                .findFirst();
    }

    private static void add(Map<String, Property> properties, Entity entity) {
        if (entity instanceof Entity.Measured measured) {
            properties.put(HomieConfig.id(measured.quantity()), measured(measured));
        } else if (entity instanceof Entity.Contact contact) {
            properties.put(STATE, Property.flag(contact.name(), false));
        } else if (entity instanceof Entity.Events events) {
            properties.put(EVENT, Property.event(events.name(), String.join(",", events.types())));
        } else if (entity instanceof Entity.Switchable output) {
            var settable = output.setTopic().isPresent();
            properties.put(STATE, Property.flag(output.name(), settable));
            output.level()
                    .ifPresent(level ->
                            properties.put(LEVEL, Property.level(output.name() + " level", level.range(), settable)));
        }
    }

    private static Property measured(Entity.Measured measured) {
        return measured.isText()
                ? Property.text(measured.name())
                : Property.number(measured.name(), measured.unit(), measured.decimals());
    }

    public HomieTopics topics() {
        return topics;
    }

    /**
     * The description document.
     *
     * @param version greater than that of every other description that the device had
     */
    public String description(long version) {
        var all = new JsonWriter();
        nodes.forEach((id, node) -> {
            var properties = new JsonWriter();
            node.properties.forEach((property, fields) -> properties.put(property, fields.json()));
            all.put(id, new JsonWriter().put("name", node.name).put("properties", properties));
        });
        return new JsonWriter()
                .put("homie", CONVENTION)
                .put("version", version)
                .put("name", name)
                .put("nodes", all)
                .toString();
    }

    /** A reading; none of what is not published. */
    public Optional<Message> reading(ItemId id, String quantity, Value value) {
        var property = HomieConfig.id(quantity);
        return property(id, property)
                .flatMap(known -> known.payload(value))
                .map(payload -> message(id, property, payload));
    }

    /** The state of a contact. */
    public Optional<Message> contact(ItemId id, boolean on) {
        return property(id, STATE).map(known -> message(id, STATE, on ? TRUE : FALSE));
    }

    /** What happened to a key; to be published without the retain flag. */
    public Optional<Message> event(ItemId id, InputEvent event) {
        return property(id, EVENT).map(known -> message(id, EVENT, event.word()));
    }

    /** The state of an output, and its level. */
    public List<Message> output(ItemId id, OutputState state) {
        var messages = new ArrayList<Message>();
        contact(id, state.on()).ifPresent(messages::add);
        Optional.ofNullable(nodes.get(HomieConfig.id(id.value())))
                .flatMap(Node::range)
                .map(range -> message(id, LEVEL, Long.toString(range.value(state.level()))))
                .ifPresent(messages::add);
        return messages;
    }

    /** @param why empty where there is nothing to tell */
    public Optional<Message> alert(ItemId id, String why) {
        var node = HomieConfig.id(id.value());
        return nodes.containsKey(node) ? Optional.of(new Message(topics.alert(node), why)) : Optional.empty();
    }

    /** The topics to be set by others. */
    public List<Role> commands() {
        var roles = new ArrayList<Role>();
        nodes.forEach((id, node) -> node.properties.forEach((property, fields) -> {
            if (fields.settable()) {
                var kind = property.equals(LEVEL) ? Kind.HOMIE_LEVEL : Kind.HOMIE_STATE;
                roles.add(new Role(topics.set(id, property), kind, Optional.of(node.id)));
            }
        }));
        return roles;
    }

    private Optional<Property> property(ItemId id, String property) {
        return Optional.ofNullable(nodes.get(HomieConfig.id(id.value()))).map(node -> node.properties.get(property));
    }

    private Message message(ItemId id, String property, String payload) {
        return new Message(topics.property(HomieConfig.id(id.value()), property), payload);
    }
}
