package io.walnutedge.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.json.JsonReader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptionJsonTest {
    /** Keys with the types of their values; those with a question mark may be missing. As the documents have it. */
    private static final Map<String, Map<String, Class<?>>> SCHEMA = Map.of(
            "device",
            of("id uid name manufacturer model version status command"),
            "part",
            with(of("name status?"), "entities", Map.class),
            "measured",
            with(
                    with(
                            with(of("kind name topic format unit? class? state?"), "decimals?", BigDecimal.class),
                            "interval?",
                            BigDecimal.class),
                    "text?",
                    Boolean.class),
            "contact",
            of("kind name topic"),
            "events",
            with(of("kind name topic format"), "values", List.class),
            "output",
            with(
                    with(of("kind name topic format set level? unit?"), "min?", BigDecimal.class),
                    "max?",
                    BigDecimal.class),
            "health",
            with(
                    with(
                            with(of("kind name topic unit? class? state?"), "decimals?", BigDecimal.class),
                            "interval",
                            BigDecimal.class),
                    "path",
                    List.class),
            "button",
            of("kind name set payload"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static Map<String, Class<?>> of(String texts) {
        var all = new java.util.HashMap<String, Class<?>>();
        Set.of(texts.split(" ")).forEach(key -> all.put(key, String.class));
        return all;
    }

    private static Map<String, Class<?>> with(Map<String, Class<?>> keys, String key, Class<?> type) {
        keys.put(key, type);
        return keys;
    }

    private Map<String, @Nullable Object> described(String hocon) throws Exception {
        var plan = Plans.read(directory, "device.id = greenhouse\n" + hocon);
        return JsonReader.object(DescriptionJson.of(Descriptions.of(plan, "1.2.3")), 6);
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<String> faults(String kind, Map<?, ?> object) {
        var faults = new ArrayList<String>();
        var keys = SCHEMA.getOrDefault(kind, Map.of());
        object.forEach((key, value) -> {
            var type = keys.getOrDefault(String.valueOf(key), keys.get(key + "?"));
            if (type == null || !type.isInstance(value)) {
                faults.add(kind + ": " + key + " = " + value);
            }
        });
        keys.keySet().stream()
                .filter(key -> !key.endsWith("?") && !object.containsKey(key))
                .forEach(key -> faults.add(kind + " without " + key));
        return faults;
    }

    @Test
    void everyObject_hasTheKeysOfItsKind() throws Exception {
        var json = described("""
            sensors { room { type = bme280 }, note { type = text, text = hello } }
            inputs { door { pin = 11 }, key { pin = 13, events = true }, water { pin = 15, type = counter } }
            outputs { pump { pin = 16 }, lamp { type = pwm, chip = 0, channel = 0 } }
            """);
        assertThat(json).containsOnlyKeys("device", "parts");
        var faults = faults("device", map(json.get("device")));
        var kinds = new ArrayList<String>();
        map(json.get("parts")).values().forEach(part -> {
            faults.addAll(faults("part", map(part)));
            map(map(part).get("entities")).values().forEach(entity -> {
                kinds.add(String.valueOf(map(entity).get("kind")));
                faults.addAll(faults(String.valueOf(map(entity).get("kind")), map(entity)));
            });
        });
        assertThat(faults).isEmpty();
        assertThat(kinds).contains("measured", "contact", "events", "output", "health", "button");
    }

    @Test
    void quantity_hasTopicUnitAndInterval() throws Exception {
        var json = described("sensors { room { type = bme280, every = 1500 ms } }");
        var room = map(map(json.get("parts")).get("room"));
        var temperature = map(map(room.get("entities")).get("temperature"));
        assertThat(temperature.get("topic")).isEqualTo("walnutpi/greenhouse/room/temperature");
        assertThat(temperature.get("unit")).isEqualTo("°C");
        assertThat(temperature.get("interval")).isEqualTo(new BigDecimal("1.5"));
        assertThat(map(json.get("device")).get("version")).isEqualTo("1.2.3");
    }
}
