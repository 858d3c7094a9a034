package io.walnutedge.discovery;

import io.walnutedge.json.JsonException;
import io.walnutedge.json.JsonReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Home Assistant accepts as messages of discovery, written down from its documentation (home-assistant.io, "MQTT" and the
 * pages of the MQTT components; developers.home-assistant.io, the pages of the entities) and not from the program under test.
 * Knows the components that are used here.
 */
final class HomeAssistantSchema {
    private static final Pattern TOPIC =
            Pattern.compile("(?<component>\\w+)/(?:(?<node>[a-zA-Z0-9_-]+)/)?(?<object>[a-zA-Z0-9_-]+)/config");
    private static final Set<String> DEVICE = words(
            "identifiers connections name manufacturer model model_id sw_version hw_version serial_number via_device "
                    + "suggested_area configuration_url");
    private static final Set<String> ORIGIN = words("name sw_version support_url");
    private static final Set<String> COMMON =
            words("unique_id name icon entity_category enabled_by_default availability availability_mode "
                    + "availability_topic json_attributes_topic json_attributes_template qos encoding entity_picture");
    private static final Set<String> CATEGORIES = words("config diagnostic");
    private static final Set<String> STATE_CLASSES = words("measurement measurement_angle total total_increasing");

    private record Component(Set<String> required, Set<String> optional, Set<String> deviceClasses) {}

    private static final Map<String, Component> COMPONENTS = new HashMap<>();
    private static final Map<String, Set<String>> UNITS = new HashMap<>();
    /** Where a state class other than measurement is possible, or measurement is not. */
    private static final Map<String, Set<String>> STATES = new HashMap<>();

    static {
        component(
                "sensor",
                "state_topic",
                "device_class state_class unit_of_measurement suggested_display_precision expire_after force_update "
                        + "value_template last_reset_value_template options",
                "");
        component(
                "binary_sensor",
                "state_topic",
                "device_class payload_on payload_off off_delay expire_after force_update value_template",
                "battery battery_charging carbon_monoxide cold connectivity door garage_door gas heat light lock"
                        + " moisture motion moving occupancy opening plug power presence problem running safety smoke"
                        + " sound tamper update vibration window");
        component("event", "state_topic event_types", "device_class value_template", "button doorbell motion");
        component(
                "switch",
                "command_topic",
                "state_topic device_class payload_on payload_off state_on state_off optimistic retain value_template "
                        + "command_template",
                "outlet switch");
        component(
                "light",
                "command_topic",
                "state_topic state_value_template payload_on payload_off optimistic retain on_command_type schema "
                        + "brightness_command_topic brightness_state_topic brightness_scale brightness_value_template "
                        + "brightness_command_template",
                "");
        component(
                "number",
                "command_topic",
                "state_topic device_class unit_of_measurement min max step mode optimistic retain value_template "
                        + "command_template payload_reset",
                "");
        component(
                "valve",
                "",
                "command_topic state_topic device_class payload_open payload_close payload_stop state_open"
                        + " state_closed state_opening state_closing reports_position position_open position_closed"
                        + " optimistic retain value_template command_template",
                "gas water");
        component(
                "lock",
                "command_topic",
                "state_topic payload_lock payload_unlock payload_open payload_reset state_locked state_unlocked"
                        + " state_locking state_unlocking state_jammed code_format optimistic retain value_template"
                        + " command_template",
                "");
        component(
                "button",
                "command_topic",
                "device_class payload_press retain command_template",
                "identify restart update");
        units("temperature", "°C °F K");
        units("humidity", "%");
        units("battery", "%");
        units("moisture", "%");
        units("pressure", "Pa kPa hPa bar cbar mbar mmHg inHg psi");
        units("atmospheric_pressure", "Pa kPa hPa bar cbar mbar mmHg inHg psi");
        units("illuminance", "lx");
        units("voltage", "V mV µV kV MV");
        units("current", "A mA");
        units("power", "mW W kW MW GW TW");
        units("energy", "J kJ MJ GJ mWh Wh kWh MWh GWh TWh cal kcal Mcal Gcal");
        units("frequency", "Hz kHz MHz GHz");
        units("distance", "km m cm mm mi nmi yd in ft");
        units("speed", "ft/s in/d in/h in/s km/h kn m/s mph mm/d mm/h mm/s Beaufort");
        units("wind_speed", "ft/s km/h kn m/s mph mm/s in/s Beaufort");
        units("duration", "d h min s ms");
        units("data_size", "bit kbit Mbit Gbit B kB MB GB TB PB EB ZB YB KiB MiB GiB TiB PiB EiB ZiB YiB");
        units("signal_strength", "dB dBm");
        units("carbon_dioxide", "ppm");
        units("volatile_organic_compounds_parts", "ppm ppb");
        units("pm1", "µg/m³");
        units("pm25", "µg/m³");
        units("pm10", "µg/m³");
        units("volume", "L mL gal m³ ft³ CCF");
        units("volume_flow_rate", "m³/h m³/s ft³/min L/h L/min L/s gal/min mL/s");
        units("water", "L gal m³ ft³ CCF");
        units("weight", "kg g mg µg oz lb st");
        units("irradiance", "W/m²");
        UNITS.put("aqi", Set.of(""));
        UNITS.put("ph", Set.of(""));
        for (var name : List.of("data_size", "distance", "duration", "weight")) {
            STATES.put(name, words("measurement total total_increasing"));
        }
        for (var name : List.of("energy", "volume", "water")) {
            STATES.put(name, words("total total_increasing"));
        }
    }

    private final String prefix;

    HomeAssistantSchema(String prefix) {
        this.prefix = prefix;
    }

    private static Set<String> words(String text) {
        return text.isEmpty() ? Set.of() : new HashSet<>(Arrays.asList(text.split(" ")));
    }

    private static void component(String name, String required, String optional, String deviceClasses) {
        COMPONENTS.put(name, new Component(words(required), words(optional), words(deviceClasses)));
    }

    private static void units(String deviceClass, String units) {
        UNITS.put(deviceClass, words(units));
    }

    /** What is wrong with a message; empty if nothing is. */
    List<String> faults(String topic, String payload) {
        var faults = new ArrayList<String>();
        if (!topic.startsWith(prefix + "/")) {
            return List.of("not below " + prefix + ": " + topic);
        }
        var match = TOPIC.matcher(topic.substring(prefix.length() + 1));
        if (!match.matches()) {
            return List.of("no topic of discovery: " + topic);
        }
        try {
            var json = JsonReader.object(payload, 8);
            device(json, faults);
            if (match.group("component").equals("device")) {
                only(json, words("dev o cmps"), "the message", faults);
                components(table(json, "cmps", faults), faults);
            } else {
                var rest = new HashMap<>(json);
                rest.remove("dev");
                rest.remove("o");
                component(match.group("component"), rest, topic, faults);
            }
        } catch (JsonException broken) {
            faults.add(topic + ": " + broken.getMessage());
        }
        return faults;
    }

    private static void device(Map<String, @Nullable Object> json, List<String> faults) {
        var device = table(json, "dev", faults);
        only(device, DEVICE, "dev", faults);
        if (!(device.get("identifiers") instanceof List<?> ids) || ids.isEmpty()) {
            faults.add("dev has no identifiers");
        }
        var origin = table(json, "o", faults);
        only(origin, ORIGIN, "o", faults);
        if (!(origin.get("name") instanceof String)) {
            faults.add("o has no name");
        }
    }

    private static void components(Map<String, @Nullable Object> components, List<String> faults) {
        var ids = new HashSet<@Nullable Object>();
        components.forEach((object, value) -> {
            if (!(value instanceof Map<?, ?> map) || !(map.get("p") instanceof String platform)) {
                faults.add(object + " has no platform");
                return;
            }
            if (!object.matches("[a-zA-Z0-9_-]+")) {
                faults.add(object + " is no object id");
            }
            var keys = new HashMap<String, @Nullable Object>();
            map.forEach((key, each) -> keys.put(String.valueOf(key), each));
            keys.remove("p");
            if (!keys.isEmpty()) {
                component(platform, keys, object, faults);
                if (!ids.add(keys.get("unique_id"))) {
                    faults.add(object + ": its unique_id is another's, too");
                }
            }
        });
    }

    private static void component(String name, Map<String, @Nullable Object> json, String where, List<String> faults) {
        var component = COMPONENTS.get(name);
        if (component == null) {
            faults.add(where + ": no component " + name);
            return;
        }
        var allowed = new HashSet<>(COMMON);
        allowed.addAll(component.required);
        allowed.addAll(component.optional);
        only(json, allowed, where, faults);
        for (var key : component.required) {
            if (!json.containsKey(key)) {
                faults.add(where + ": " + key + " is missing");
            }
        }
        for (var key : List.of("unique_id", "name")) {
            if (!(json.get(key) instanceof String text) || text.isEmpty()) {
                faults.add(where + ": " + key + " is missing");
            }
        }
        json.forEach((key, value) -> {
            if (key.endsWith("topic") && (!(value instanceof String text) || text.matches(".*[#+].*|"))) {
                faults.add(where + ": " + key + " is no topic");
            }
        });
        integer(json, "qos", 0, 2, where, faults);
        integer(json, "expire_after", 1, Integer.MAX_VALUE, where, faults);
        integer(json, "suggested_display_precision", 0, 20, where, faults);
        integer(json, "brightness_scale", 1, Integer.MAX_VALUE, where, faults);
        among(json, "entity_category", CATEGORIES, where, faults);
        among(json, "on_command_type", words("first last brightness"), where, faults);
        if (name.matches("sensor|binary_sensor") && "config".equals(json.get("entity_category"))) {
            faults.add(where + ": a sensor is no setting");
        }
        if (json.get("icon") instanceof String icon && !icon.matches("[a-z0-9-]+:[a-z0-9-]+")) {
            faults.add(where + ": no icon: " + icon);
        }
        availability(json, where, faults);
        if (name.equals("sensor")) {
            sensor(json, where, faults);
        } else {
            among(json, "device_class", component.deviceClasses, where, faults);
        }
        if (Boolean.TRUE.equals(json.get("reports_position"))
                && json.keySet().stream()
                        .anyMatch(words("payload_open payload_close state_open state_closed")::contains)) {
            faults.add(where + ": payloads of a valve that reports its position");
        }
    }

    private static void sensor(Map<String, @Nullable Object> json, String where, List<String> faults) {
        among(json, "state_class", STATE_CLASSES, where, faults);
        if (!(json.get("device_class") instanceof String deviceClass)) {
            return;
        }
        var units = UNITS.get(deviceClass);
        var unit = json.get("unit_of_measurement");
        if (units == null) {
            faults.add(where + ": no device class " + deviceClass);
        } else if (!units.contains(unit == null ? "" : unit)) {
            faults.add(where + ": " + deviceClass + " in " + unit);
        }
        var states = STATES.getOrDefault(deviceClass, Set.of("measurement"));
        if (json.get("state_class") instanceof String stateClass && !states.contains(stateClass)) {
            faults.add(where + ": " + deviceClass + " as " + stateClass);
        }
    }

    private static void availability(Map<String, @Nullable Object> json, String where, List<String> faults) {
        among(json, "availability_mode", words("all any latest"), where, faults);
        if (!(json.get("availability") instanceof List<?> list)) {
            faults.add(where + ": no availability");
            return;
        }
        for (var each : list) {
            if (!(each instanceof Map<?, ?> map) || !(map.get("topic") instanceof String)) {
                faults.add(where + ": availability without a topic");
            } else if (!words("topic payload_available payload_not_available value_template")
                    .containsAll(map.keySet())) {
                faults.add(where + ": availability has more than it may: " + map.keySet());
            }
        }
    }

    private static void integer(
            Map<String, @Nullable Object> json, String key, int min, int max, String where, List<String> faults) {
        var value = json.get(key);
        if (json.containsKey(key)
                && !(value instanceof BigDecimal number
                        && number.stripTrailingZeros().scale() <= 0
                        && number.compareTo(BigDecimal.valueOf(min)) >= 0
                        && number.compareTo(BigDecimal.valueOf(max)) <= 0)) {
            faults.add(where + ": " + key + " is " + value);
        }
    }

    private static void among(
            Map<String, @Nullable Object> json, String key, Set<String> words, String where, List<String> faults) {
        if (json.containsKey(key) && !words.contains(String.valueOf(json.get(key)))) {
            faults.add(where + ": " + key + " is " + json.get(key));
        }
    }

    private static void only(
            Map<String, @Nullable Object> json, Set<String> allowed, String where, List<String> faults) {
        json.keySet().stream()
                .filter(key -> !allowed.contains(key))
                .forEach(key -> faults.add(where + ": unknown " + key));
    }

    private static Map<String, @Nullable Object> table(
            Map<String, @Nullable Object> json, String key, List<String> faults) {
        var table = new HashMap<String, @Nullable Object>();
        if (json.get(key) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> table.put(String.valueOf(name), value));
        } else {
            faults.add(key + " is missing");
        }
        return table;
    }
}
