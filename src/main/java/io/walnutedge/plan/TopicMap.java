package io.walnutedge.plan;

import io.walnutedge.config.CommandsConfig;
import io.walnutedge.config.DeviceConfig;
import io.walnutedge.config.InputConfig;
import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.config.MqttConfig;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.config.PayloadFormat;
import io.walnutedge.health.Alerts;
import io.walnutedge.output.OutputPlan;
import io.walnutedge.plan.Topic.Direction;
import io.walnutedge.plan.Topic.Kind;
import io.walnutedge.reading.ItemId;
import io.walnutedge.sampling.ScheduledSensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Every topic that the daemon publishes to or subscribes to, in one list. Immutable; any thread. */
public final class TopicMap {
    private static final int QOS = 1;

    private final List<Topic> all;
    private final Map<List<Object>, Topic> byKey = new HashMap<>();

    private TopicMap(List<Topic> all) {
        this.all = List.copyOf(all);
        for (var topic : all) {
            // topics of one key, such as those that set an output, are found in the list alone
            byKey.putIfAbsent(key(topic.kind(), topic.owner(), topic.part()), topic);
        }
    }

    /** No record, whose hash code the JVM would put together at the first use, while the daemon starts. */
    private static List<Object> key(Kind kind, Optional<ItemId> owner, String part) {
        return List.of(kind, owner, part);
    }

    static TopicMap of(
            DeviceConfig device,
            MqttConfig mqtt,
            CommandsConfig commands,
            List<ScheduledSensor> sensors,
            List<InputConfig> inputs,
            List<OutputPlan> outputs) {
        var base = mqtt.topics().base();
        var all = new ArrayList<>(ofDevice(device, mqtt));
        all.addAll(ofAdministrator(commands));
        for (var sensor : sensors) {
            all.addAll(ofSensor(base, sensor));
            all.addAll(ofItem(base, sensor.id()));
        }
        for (var input : inputs) {
            all.addAll(ofInput(input));
            all.addAll(ofItem(base, input.id()));
        }
        for (var output : outputs) {
            all.addAll(ofOutput(output.config()));
            all.addAll(ofItem(base, output.config().id()));
        }
        return new TopicMap(all);
    }

    /** Those of the device itself. */
    static List<Topic> ofDevice(DeviceConfig device, MqttConfig mqtt) {
        var topics = new ArrayList<Topic>();
        var status = mqtt.topics().status();
        var alert = status + "/alert";
        topics.add(device(Kind.STATUS, status));
        topics.add(new Topic(status + "/gap", Kind.GAP, Optional.empty(), "", QOS, false));
        topics.add(alert(alert, Alerts.OUTBOX));
        topics.add(device(Kind.HEALTH, status + "/health"));
        for (var what : Alerts.What.values()) {
            topics.add(alert(alert + "/" + what, what.toString()));
        }
        topics.add(device(Kind.CONFIG, status + "/config"));
        if (mqtt.description()) {
            topics.add(device(Kind.DESCRIPTION, mqtt.topics().base() + "/$description"));
        }
        topics.add(subscribed(Kind.COMMAND, Optional.empty(), mqtt.topics().command()));
        topics.add(new Topic(mqtt.topics().result(), Kind.RESULT, Optional.empty(), "", QOS, false));
        var discovery = mqtt.discovery();
        if (discovery.isOn()) {
            topics.add(subscribed(Kind.BIRTH, Optional.empty(), discovery.birthTopic()));
            discovery.filters(device.uid()).forEach(filter -> topics.add(device(Kind.DISCOVERY, filter)));
        }
        if (mqtt.homie().enabled()) {
            var homie = mqtt.homie().base(device.id());
            // as a whole: the topics of what left are emptied, too
            topics.add(device(Kind.HOMIE, homie + "/#"));
            topics.add(subscribed(Kind.HOMIE_SET, Optional.empty(), homie + "/+/+/set"));
        }
        return topics;
    }

    static List<Topic> ofAdministrator(CommandsConfig commands) {
        return commands.adminTopic().stream()
                .map(topic -> subscribed(Kind.ADMIN, Optional.empty(), topic))
                .toList();
    }

    /** Those that each sensor, input and output has beside its values. */
    static List<Topic> ofItem(String base, ItemId id) {
        var own = base + "/" + id;
        return List.of(
                published(Kind.STATUS, id, own + "/status", true), published(Kind.ALERT, id, own + "/alert", true));
    }

    /** Of its values, and whether it has them. */
    static List<Topic> ofSensor(String base, ScheduledSensor sensor) {
        var topics = new ArrayList<Topic>();
        for (var measurement : sensor.measurements().values()) {
            var quantity = measurement.quantity();
            if (sensor.availableEach().contains(quantity)) {
                var name = base + "/" + sensor.id() + "/" + quantity + "/status";
                topics.add(new Topic(name, Kind.QUANTITY_STATUS, Optional.of(sensor.id()), quantity, QOS, true));
            }
            if (measurement.enabled()) {
                topics.add(reading(sensor.id(), measurement));
            }
        }
        return topics;
    }

    static List<Topic> ofInput(InputConfig input) {
        var topics = new ArrayList<Topic>();
        var owner = Optional.of(input.id());
        input.contact().ifPresent(contact -> {
            topics.add(new Topic(contact.topic(), Kind.STATE, owner, "", contact.qos(), contact.retain()));
            contact.events()
                    .ifPresent(events ->
                            topics.add(new Topic(events.topic(), Kind.EVENT, owner, "", contact.qos(), false)));
        });
        input.counter()
                .ifPresent(counter -> counter.measurements().forEach(each -> topics.add(reading(input.id(), each))));
        return topics;
    }

    static List<Topic> ofOutput(OutputConfig output) {
        var topics = new ArrayList<Topic>();
        var messages = output.messages();
        topics.add(published(Kind.STATE, output.id(), messages.stateTopic(), messages.retain()));
        if (output.range().isPresent()) {
            topics.add(published(Kind.LEVEL, output.id(), messages.stateTopic() + "/level", messages.retain()));
        }
        output.commandTopics().forEach(name -> topics.add(subscribed(Kind.SET, Optional.of(output.id()), name)));
        output.watch()
                .controller()
                .ifPresent(controller ->
                        topics.add(subscribed(Kind.CONTROLLER, Optional.of(output.id()), controller.topic())));
        return topics;
    }

    private static Topic reading(ItemId owner, MeasurementConfig config) {
        var kind = config.format() == PayloadFormat.TEMPLATE ? Kind.TEMPLATE_READING : Kind.READING;
        return new Topic(config.topic(), kind, Optional.of(owner), config.quantity(), config.qos(), config.retain());
    }

    private static Topic alert(String name, String what) {
        return new Topic(name, Kind.ALERT, Optional.empty(), what, QOS, true);
    }

    private static Topic device(Kind kind, String name) {
        return new Topic(name, kind, Optional.empty(), "", QOS, true);
    }

    private static Topic published(Kind kind, ItemId owner, String name, boolean retained) {
        return new Topic(name, kind, Optional.of(owner), "", QOS, retained);
    }

    private static Topic subscribed(Kind kind, Optional<ItemId> owner, String name) {
        return new Topic(name, kind, owner, "", QOS, false);
    }

    public List<Topic> all() {
        return all;
    }

    /** The names of those that go one way. */
    public NavigableSet<String> names(Direction direction) {
        return names(topic -> topic.direction() == direction);
    }

    /** Those of which the broker keeps the last message of the daemon. */
    NavigableSet<String> retained() {
        return names(topic -> topic.direction() == Direction.PUBLISH && topic.retained());
    }

    private NavigableSet<String> names(Predicate<Topic> which) {
        return all.stream().filter(which).map(Topic::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** That of the device, which always has one of this kind. */
    public Topic of(Kind kind) {
        return find(kind).orElseThrow();
    }

    /** That of the device, if it has one of this kind. */
    public Optional<Topic> find(Kind kind) {
        return find(kind, Optional.empty(), "");
    }

    /** Of one alert of the device: {@link Alerts#OUTBOX} or an {@link Alerts.What}. */
    public Topic alert(String what) {
        return find(Kind.ALERT, Optional.empty(), what).orElseThrow();
    }

    /** That of a sensor, an input or an output. */
    public Optional<Topic> find(Kind kind, ItemId owner) {
        return find(kind, Optional.of(owner), "");
    }

    /** That of a quantity of a sensor or a counter. */
    public Optional<Topic> find(Kind kind, ItemId owner, String quantity) {
        return find(kind, Optional.of(owner), quantity);
    }

    private Optional<Topic> find(Kind kind, Optional<ItemId> owner, String part) {
        return Optional.ofNullable(byKey.get(key(kind, owner, part)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicMap map && all.equals(map.all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }
}
