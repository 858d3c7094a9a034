package io.walnutedge.discovery.homie;

import io.walnutedge.command.CommandTopics.Kind;
import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.config.HomieConfig;
import io.walnutedge.config.InputConfig;
import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.input.InputEvent;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.output.OutputState;
import io.walnutedge.plan.Plan;
import io.walnutedge.reading.SensorId;
import io.walnutedge.reading.Value;
import io.walnutedge.schedule.ScheduledSensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A device with its nodes and their properties: each sensor, input and output is a node. Immutable; any thread.
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
    /** Of drivers, the one whose values are texts. */
    private static final String TEXT = "text";

    private record Node(SensorId id, String type, Map<String, Property> properties) {}

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

    public static HomieDevice of(Plan plan) {
        var nodes = new LinkedHashMap<String, Node>();
        plan.sensors().forEach(sensor -> add(nodes, sensor.id(), sensor.type(), ofSensor(sensor)));
        plan.inputs().forEach(input -> add(nodes, input.id(), "input", ofInput(input)));
        plan.outputs().forEach(output -> add(nodes, output.config().id(), "output", ofOutput(output.config())));
        return new HomieDevice(plan.device().id(), topics(plan), nodes);
    }

    public static HomieTopics topics(Plan plan) {
        return new HomieTopics(plan.mqtt().homie().base(plan.device().id()));
    }

    private static void add(Map<String, Node> nodes, SensorId id, String type, Map<String, Property> properties) {
        nodes.put(HomieConfig.id(id.value()), new Node(id, type, properties));
    }

    private static Map<String, Property> ofSensor(ScheduledSensor sensor) {
        var properties = new LinkedHashMap<String, Property>();
        for (var each : sensor.measurements().values()) {
            if (each.enabled()) {
                properties.put(
                        HomieConfig.id(each.quantity()), sensor.type().equals(TEXT) ? Property.text() : number(each));
            }
        }
        return properties;
    }

    private static Property number(MeasurementConfig measurement) {
        return Property.number(measurement.unit(), measurement.decimals());
    }

    private static Map<String, Property> ofInput(InputConfig input) {
        var properties = new LinkedHashMap<String, Property>();
        input.counter()
                .ifPresent(counter -> counter.measurements()
                        .forEach(each -> properties.put(HomieConfig.id(each.quantity()), number(each))));
        input.contact().ifPresent(contact -> {
            properties.put(STATE, Property.flag(false));
            contact.events().ifPresent(events -> properties.put(EVENT, Property.event(words(events))));
        });
        return properties;
    }

    private static String words(InputConfig.Events events) {
        var words = new ArrayList<String>();
        for (var event : InputEvent.values()) {
            var told = switch (event) {
                case LONG_PRESS -> events.longPress().isPresent();
                case DOUBLE_CLICK -> events.doubleClick().isPresent();
                case PRESS, RELEASE, CLICK -> true;
            };
            if (told) {
                words.add(event.word());
            }
        }
        return String.join(",", words);
    }

    private static Map<String, Property> ofOutput(OutputConfig output) {
        var properties = new LinkedHashMap<String, Property>();
        properties.put(STATE, Property.flag(true));
        if (output.dimmable()) {
            properties.put(LEVEL, Property.percent());
        }
        return properties;
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
            all.put(
                    id,
                    new JsonWriter()
                            .put("name", node.id.value())
                            .put("type", node.type)
                            .put("properties", properties));
        });
        return new JsonWriter()
                .put("homie", CONVENTION)
                .put("version", version)
                .put("name", name)
                .put("nodes", all)
                .toString();
    }

    /** A reading; none of what is not published. */
    public Optional<Message> reading(SensorId id, String quantity, Value value) {
        var property = HomieConfig.id(quantity);
        return property(id, property)
                .flatMap(known -> known.payload(value))
                .map(payload -> message(id, property, payload));
    }

    /** The state of a contact. */
    public Optional<Message> contact(SensorId id, boolean on) {
        return property(id, STATE).map(known -> message(id, STATE, on ? TRUE : FALSE));
    }

    /** What happened to a key; to be published without the retain flag. */
    public Optional<Message> event(SensorId id, InputEvent event) {
        return property(id, EVENT).map(known -> message(id, EVENT, event.word()));
    }

    /** The state of an output, and its level. */
    public List<Message> output(SensorId id, OutputState state) {
        var messages = new ArrayList<Message>();
        contact(id, state.on()).ifPresent(messages::add);
        property(id, LEVEL)
                .map(known -> message(id, LEVEL, Long.toString(Math.round(state.level() * 100))))
                .ifPresent(messages::add);
        return messages;
    }

    /** @param why empty where there is nothing to tell */
    public Optional<Message> alert(SensorId id, String why) {
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

    private Optional<Property> property(SensorId id, String property) {
        return Optional.ofNullable(nodes.get(HomieConfig.id(id.value()))).map(node -> node.properties.get(property));
    }

    private Message message(SensorId id, String property, String payload) {
        return new Message(topics.property(HomieConfig.id(id.value()), property), payload);
    }
}
