package io.walnutedge.discovery;

import io.walnutedge.json.JsonWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A {@link Description} as one JSON object. Stateless; any thread.
 *
 * <pre>
 * {"device":{"id":"greenhouse","uid":"greenhouse-1a2b3c4d","name":"Greenhouse","manufacturer":"Walnut Pi","model":"...",
 *            "version":"...","status":"walnutpi/greenhouse/status","command":"walnutpi/greenhouse/command"},
 *  "parts":{"room":{"name":"Room","status":"walnutpi/greenhouse/room/status","entities":{
 *     "temperature":{"kind":"measured","name":"Room temperature","topic":"walnutpi/greenhouse/room/temperature",
 *                    "format":"plain","unit":"°C","decimals":2,"interval":10,"class":"temperature","state":"measurement"}}}}}
 * </pre>
 */
public final class DescriptionJson {
    private DescriptionJson() {}

    public static String of(Description description) {
        var parts = new JsonWriter();
        description.parts().forEach(part -> parts.put(part.id().value(), part(part)));
        return new JsonWriter()
                .put("device", device(description.device()))
                .put("parts", parts)
                .toString();
    }

    private static JsonWriter device(Description.Device device) {
        return new JsonWriter()
                .put("id", device.id())
                .put("uid", device.uid())
                .put("name", device.name())
                .put("manufacturer", device.manufacturer())
                .put("model", device.model())
                .put("version", device.firmware())
                .put("status", device.statusTopic())
                .put("command", device.commandTopic());
    }

    private static JsonWriter part(Description.Part part) {
        var entities = new JsonWriter();
        part.entities().forEach(entity -> entities.put(entity.id(), entity(entity)));
        var json = new JsonWriter().put("name", part.name());
        part.statusTopic().ifPresent(topic -> json.put("status", topic));
        return json.put("entities", entities);
    }

    private static JsonWriter entity(Entity entity) {
        if (entity instanceof Entity.Measured measured) {
            return measured(measured);
        }
        if (entity instanceof Entity.Contact contact) {
            return start("contact", contact, contact.topic());
        }
        if (entity instanceof Entity.Events events) {
            return start("events", events, events.topic())
                    .put("format", word(events.format()))
                    .put("values", events.types());
        }
        if (entity instanceof Entity.Switchable output) {
            return output(output);
        }
        if (entity instanceof Entity.Health health) {
            return health(health);
        }
        var button = (Entity.Button) entity;
        return new JsonWriter()
                .put("kind", "button")
                .put("name", button.name())
                .put("set", button.topic())
                .put("payload", button.payload());
    }

    private static JsonWriter start(String kind, Entity entity, String topic) {
        return new JsonWriter().put("kind", kind).put("name", entity.name()).put("topic", topic);
    }

    private static JsonWriter measured(Entity.Measured measured) {
        var json = start("measured", measured, measured.topic()).put("format", word(measured.format()));
        if (measured.isText()) {
            json.put("text", true);
        } else {
            number(json, measured.unit(), measured.decimals());
        }
        measured.every().ifPresent(every -> interval(json, every));
        classes(json, measured.deviceClass(), measured.stateClass());
        return json;
    }

    private static JsonWriter output(Entity.Switchable output) {
        var json = start("output", output, output.stateTopic()).put("format", word(output.format()));
        output.setTopic().ifPresent(topic -> json.put("set", topic));
        output.level()
                .ifPresent(level -> json.put("level", level.topic())
                        .put("min", level.range().min())
                        .put("max", level.range().max())
                        .put("unit", level.range().unit()));
        return json;
    }

    private static JsonWriter health(Entity.Health health) {
        var json = start("health", health, health.topic()).put("path", health.path());
        if (!health.isFlag()) {
            number(json, health.unit(), health.decimals());
        }
        interval(json, health.every());
        classes(json, health.deviceClass(), health.stateClass());
        return json;
    }

    private static void number(JsonWriter json, String unit, int decimals) {
        if (!unit.isEmpty()) {
            json.put("unit", unit);
        }
        json.put("decimals", decimals);
    }

    private static void interval(JsonWriter json, Duration every) {
        json.putNumber(
                "interval",
                BigDecimal.valueOf(every.toMillis(), 3).stripTrailingZeros().toPlainString());
    }

    private static void classes(JsonWriter json, Optional<String> deviceClass, Optional<String> stateClass) {
        deviceClass.ifPresent(name -> json.put("class", name));
        stateClass.ifPresent(name -> json.put("state", name));
    }

    private static String word(Enum<?> format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
