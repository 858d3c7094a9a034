package io.walnutedge.discovery;

import io.walnutedge.config.DeviceClasses;
import io.walnutedge.config.DiscoveryConfig;
import io.walnutedge.config.PayloadFormat;
import io.walnutedge.discovery.Description.Part;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.reading.ValueRange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A {@link Description} in the words of Home Assistant's MQTT discovery (home-assistant.io, "MQTT", "MQTT Discovery", and the
 * page of each component). Keys are written in full, which every version knows, but for those of the frame. Immutable; any
 * thread.
 */
public final class HomeAssistant {
    private static final String CONFIG = "/config";
    private static final int QOS = 1;
    private static final String DIAGNOSTIC = "diagnostic";
    private static final String VALUE_TEMPLATE = "value_template";
    private static final String STATE_TOPIC = "state_topic";
    private static final String COMMAND_TOPIC = "command_topic";
    private static final String SENSOR = "sensor";
    private static final String BINARY_SENSOR = "binary_sensor";

    /** An entity is unavailable when so many values in a row are missing. */
    private static final int MISSING = 3;
    /** And no sooner than this: a lost connection takes up to 30 s to come back. */
    private static final Duration SOONEST = Duration.ofSeconds(30);
    /** What a value may be late by. */
    private static final Duration LATE = Duration.ofSeconds(5);

    /** Readings that waited come after newer ones: Home Assistant, which has no place for a past, ignores an empty value. */
    private static final String VALUE = "{{ '' if value_json.historical is defined else value_json.value }}";

    private static final String STATE = "{{ value_json.state }}";

    private final Description description;
    private final DiscoveryConfig config;

    public HomeAssistant(Description description, DiscoveryConfig config) {
        this.description = description;
        this.config = config;
    }

    /**
     * All messages that there are to be; none where it is switched off.
     *
     * @param gone components by their object ids that were told of before and are to be forgotten
     */
    public List<Announcement> announcements(Map<String, String> gone) {
        return switch (config.form()) {
            case OFF -> List.of();
            case DEVICE -> List.of(device(gone));
            case COMPONENT -> components();
        };
    }

    /** The topic of the one message that tells of the whole board, whatever the form. */
    public String deviceTopic() {
        return config.prefix() + "/device/" + description.device().uid() + CONFIG;
    }

    /** The one message that tells of the whole board, whatever the form. */
    Announcement ofBoard() {
        return device(Map.of());
    }

    /**
     * Whether a message of earlier is about the board of this {@code uid}, whatever the form and the prefix.
     *
     * @param components that it tells of, by object id
     */
    static boolean isOf(String uid, String topic, Map<String, String> components) {
        return topic.endsWith("/device/" + uid + CONFIG)
                || components.entrySet().stream()
                        .anyMatch(component -> topic.endsWith(
                                "/" + component.getValue() + "/" + uid + "/" + component.getKey() + CONFIG));
    }

    /** Whether a message is none of an entity but has Home Assistant let go of those of its topic. */
    public static boolean isMigration(byte[] payload) {
        return Arrays.equals(payload, Migration.PAYLOAD.getBytes(StandardCharsets.UTF_8));
    }

    /** The message, in place of one of a whole board, that some components are gone; it says nothing of the others. */
    String parting(Map<String, String> gone) {
        var told = new JsonWriter();
        remove(told, gone);
        return frame().put("cmps", told).toString();
    }

    /** "To remove a component, send its platform and nothing else." */
    private static void remove(JsonWriter told, Map<String, String> gone) {
        new TreeMap<>(gone).forEach((object, platform) -> told.put(object, new JsonWriter().put("p", platform)));
    }

    private Announcement device(Map<String, String> gone) {
        var told = new JsonWriter();
        var known = new LinkedHashMap<String, String>();
        for (var part : description.parts()) {
            for (var entity : part.entities()) {
                component(part, entity).ifPresent(component -> {
                    var json = new JsonWriter().put("p", component.platform);
                    component.fill(json);
                    told.put(component.object, json);
                    known.put(component.object, component.platform);
                });
            }
        }
        var removed = new TreeMap<>(gone);
        removed.keySet().removeAll(known.keySet());
        remove(told, removed);
        return new Announcement(deviceTopic(), frame().put("cmps", told).toString(), known);
    }

    private List<Announcement> components() {
        var messages = new ArrayList<Announcement>();
        for (var part : description.parts()) {
            for (var entity : part.entities()) {
                component(part, entity).ifPresent(component -> {
                    var json = frame();
                    component.fill(json);
                    messages.add(new Announcement(
                            config.prefix() + "/" + component.platform + "/"
                                    + description.device().uid() + "/" + component.object + CONFIG,
                            json.toString(),
                            Map.of(component.object, component.platform)));
                });
            }
        }
        return messages;
    }

    /** What every message begins with: the device, and the origin of the message. */
    private JsonWriter frame() {
        var device = description.device();
        return new JsonWriter()
                .put(
                        "dev",
                        new JsonWriter()
                                .put("identifiers", List.of(device.uid()))
                                .put("name", device.name())
                                .put("manufacturer", device.manufacturer())
                                .put("model", device.model())
                                .put("sw_version", device.firmware()))
                .put("o", new JsonWriter().put("name", "walnut-edge").put("sw_version", device.firmware()));
    }

    private record Component(String object, String platform, JsonFill filling) {
        void fill(JsonWriter json) {
            filling.fill(json);
        }
    }

    /** Adds the keys of one component. */
    @FunctionalInterface
    private interface JsonFill {
        void fill(JsonWriter json);
    }

    /** Empty where Home Assistant could not read it: a template of the user's may be anything. */
    private Optional<Component> component(Part part, Entity entity) {
        if (entity instanceof Entity.Measured measured && measured.format() == PayloadFormat.TEMPLATE) {
            return Optional.empty();
        }
        var object = object(part, entity);
        return Optional.of(new Component(object, entity.match(new Platform()), json -> {
            json.put("unique_id", description.device().uid() + "_" + object);
            json.put("name", entity.name());
            availability(json, part, entity);
            entity.match(new Keys(json));
        }));
    }

    /** Of part and entity, so that no two are the same: an underscore in the part's id is doubled. */
    private static String object(Part part, Entity entity) {
        // shown as something else, it is something else
        var what = entity instanceof Entity.Switchable output ? platform(output) : entity.id();
        return part.id().value().replace("_", "__") + "_" + what;
    }

    /** What cannot be switched from there is shown. */
    private static String platform(Entity.Switchable output) {
        if (output.setTopic().isEmpty()) {
            return BINARY_SENSOR;
        }
        return isNumber(output) ? "number" : output.kind().name().toLowerCase(Locale.ROOT);
    }

    /** What has other levels than a light or a valve. */
    private static boolean isNumber(Entity.Switchable output) {
        return output.level()
                .filter(level -> !level.range().unit().equals(ValueRange.PERCENT.unit()))
                .isPresent();
    }

    private void availability(JsonWriter json, Part part, Entity entity) {
        var topics = new ArrayList<JsonWriter>();
        topics.add(new JsonWriter().put("topic", description.device().statusTopic()));
        part.statusTopic().ifPresent(topic -> topics.add(new JsonWriter().put("topic", topic)));
        if (entity instanceof Entity.Measured measured) {
            measured.statusTopic().ifPresent(topic -> topics.add(new JsonWriter().put("topic", topic)));
        }
        json.putObjects("availability", topics).put("availability_mode", "all");
    }

    /** Seconds without a value after which Home Assistant shows an entity as unavailable. */
    public static long expiry(Duration every) {
        var time = every.multipliedBy(MISSING).plus(LATE);
        return (time.compareTo(SOONEST) < 0 ? SOONEST : time)
                .plusNanos(999_999_999)
                .toSeconds();
    }

    /** The component that an entity is. */
    private static final class Platform implements Entity.Cases<String> {
        @Override
        public String measured(Entity.Measured entity) {
            return SENSOR;
        }

        @Override
        public String contact(Entity.Contact entity) {
            return BINARY_SENSOR;
        }

        @Override
        public String events(Entity.Events entity) {
            return "event";
        }

        @Override
        public String switchable(Entity.Switchable entity) {
            return platform(entity);
        }

        @Override
        public String health(Entity.Health entity) {
            return entity.isFlag() ? BINARY_SENSOR : SENSOR;
        }

        @Override
        public String button(Entity.Button entity) {
            return "button";
        }
    }

    /** Adds what is particular to a kind. */
    private static final class Keys implements Entity.Cases<JsonWriter> {
        private final JsonWriter json;

        Keys(JsonWriter json) {
            this.json = json;
        }

        @Override
        public JsonWriter measured(Entity.Measured entity) {
            json.put(STATE_TOPIC, entity.topic()).put("qos", QOS);
            optional("device_class", entity.deviceClass());
            optional("state_class", entity.stateClass());
            optional("icon", entity.icon());
            if (!entity.isText()) {
                unit(entity.unit());
                json.put("suggested_display_precision", entity.decimals());
            }
            entity.every().ifPresent(every -> json.put("expire_after", expiry(every)));
            if (entity.format() == PayloadFormat.JSON) {
                json.put(VALUE_TEMPLATE, entity.isText() ? "{{ value_json.value }}" : VALUE);
            }
            if (entity.diagnostic()) {
                json.put("entity_category", DIAGNOSTIC);
            }
            return json;
        }

        @Override
        public JsonWriter contact(Entity.Contact entity) {
            optional("device_class", entity.deviceClass());
            optional("icon", entity.icon());
            return json.put(STATE_TOPIC, entity.topic()).put("qos", QOS);
        }

        @Override
        public JsonWriter events(Entity.Events entity) {
            json.put(STATE_TOPIC, entity.topic())
                    .put("qos", QOS)
                    .put("device_class", "button")
                    .put("event_types", entity.types());
            optional("icon", entity.icon());
            return entity.format() == PayloadFormat.JSON
                    ? json
                    : json.put(VALUE_TEMPLATE, "{\"event_type\": \"{{ value }}\"}");
        }

        @Override
        public JsonWriter switchable(Entity.Switchable entity) {
            optional("icon", entity.icon());
            if (entity.setTopic().isEmpty()) {
                return state(entity, VALUE_TEMPLATE).put("qos", QOS);
            }
            optional("device_class", entity.deviceClass());
            json.put(COMMAND_TOPIC, entity.setTopic().get()).put("qos", QOS);
            if (isNumber(entity)) {
                return number(entity.level().orElseThrow());
            }
            return switch (entity.kind()) {
                case SWITCH -> state(entity, VALUE_TEMPLATE);
                case LIGHT -> light(entity);
                case VALVE -> entity.levelTopic().isPresent() ? positioned(entity) : valve(entity);
                case LOCK ->
                    state(entity, VALUE_TEMPLATE)
                            .put("payload_lock", "OFF")
                            .put("payload_unlock", "ON")
                            .put("state_locked", "OFF")
                            .put("state_unlocked", "ON");
            };
        }

        private JsonWriter number(Entity.Switchable.Level level) {
            unit(level.range().unit());
            return json.put(STATE_TOPIC, level.topic())
                    .put("min", level.range().min())
                    .put("max", level.range().max());
        }

        private JsonWriter state(Entity.Switchable entity, String templateKey) {
            json.put(STATE_TOPIC, entity.stateTopic());
            return entity.format() == PayloadFormat.JSON ? json.put(templateKey, STATE) : json;
        }

        /** A light that is switched on gets a level alone: an ON behind it would be the one for {@code on-level}. */
        private JsonWriter light(Entity.Switchable entity) {
            state(entity, "state_value_template");
            entity.levelTopic()
                    .ifPresent(level -> json.put(
                                    "brightness_command_topic",
                                    entity.setTopic().orElseThrow())
                            .put("brightness_state_topic", level)
                            .put("brightness_scale", ValueRange.PERCENT.max())
                            .put("on_command_type", "brightness"));
            return json;
        }

        private JsonWriter valve(Entity.Switchable entity) {
            return state(entity, VALUE_TEMPLATE)
                    .put("payload_open", "ON")
                    .put("payload_close", "OFF")
                    .put("state_open", "ON")
                    .put("state_closed", "OFF");
        }

        private JsonWriter positioned(Entity.Switchable entity) {
            return json.put(STATE_TOPIC, entity.levelTopic().orElseThrow()).put("reports_position", true);
        }

        @Override
        public JsonWriter health(Entity.Health entity) {
            var value = "value_json." + String.join(".", entity.path());
            optional("device_class", entity.deviceClass());
            optional("state_class", entity.stateClass());
            optional("icon", entity.icon());
            if (!entity.isFlag()) {
                unit(entity.unit());
                json.put("suggested_display_precision", entity.decimals());
            }
            return json.put(STATE_TOPIC, entity.topic())
                    .put("qos", QOS)
                    .put(
                            VALUE_TEMPLATE,
                            entity.isFlag() ? "{{ 'ON' if " + value + " else 'OFF' }}" : "{{ " + value + " }}")
                    .put("expire_after", expiry(entity.every()))
                    .put("entity_category", DIAGNOSTIC);
        }

        @Override
        public JsonWriter button(Entity.Button entity) {
            optional("device_class", entity.deviceClass());
            optional("icon", entity.icon());
            return json.put(COMMAND_TOPIC, entity.topic())
                    .put("payload_press", entity.payload())
                    .put("qos", QOS)
                    .put("retain", false)
                    .put("entity_category", "config");
        }

        private void unit(String unit) {
            if (!unit.isEmpty()) {
                json.put("unit_of_measurement", DeviceClasses.unit(unit));
            }
        }

        private void optional(String key, Optional<String> text) {
            text.ifPresent(each -> json.put(key, each));
        }
    }
}
