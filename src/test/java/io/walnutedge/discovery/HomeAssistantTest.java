package io.walnutedge.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.DeviceConfig;
import io.walnutedge.config.DiscoveryConfig;
import io.walnutedge.json.JsonReader;
import io.walnutedge.plan.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HomeAssistantTest {
    /** Something of everything. */
    private static final String ALL = """
        device { id = greenhouse }
        sensors {
          room { type = bme280, every = 30 s, derived = [dew-point, altitude, absolute-humidity] }
          air { type = pms5003, port = /dev/ttyS1, format = json, derived = [aqi] }
          soil_1 { type = ads1115, channels = [a0, a1], a0 { unit = "%", entity { device-class = moisture } } }
          gas { type = sgp30 }
          house { type = ina219, power { filters = [ { integrate { per = h } }, { convert { to = kWh } }, { throttle = 1 min } ] } }
          cpu { type = thermal, zone = cpu-thermal }
          board { type = board }
          disk { type = disk, path = "/" }
          lan { type = network, interface = eth0 }
          wlan { type = wifi, interface = wlan0 }
          hello { type = text, text = "Hello", format = json }
          cloud { type = text, text = "Hello", template = "{value}" }
          level { type = file, path = /run/tank, unit = cm, filters = [ { delta { by = 1 } } ] }
        }
        inputs {
          door { pin = PC10, entity { device-class = door, icon = "mdi:door" } }
          key { pin = 41, long-press = 1 s, double-click = 400 ms }
          bell { pin = 15, events = true, event-format = json }
          water { pin = PC11, type = counter, factor = 10, unit = l, rate { factor = 60, unit = l/min, every = 1 min } }
          fan-speed { pin = 7, type = counter, total { enabled = false }, rate { factor = 30, unit = rpm } }
        }
        outputs {
          lamp { pin = 11 }
          relay { pin = 13, format = json, entity { device-class = outlet } }
          dim { type = pwm, channel = 4 }
          valve { pin = 16, entity { as = valve, device-class = water } }
          mixer { type = pwm, channel = 1, entity { as = valve } }
          gate { pin = 18, format = json, entity { as = lock } }
        }
        """;

    private static final DiscoveryConfig DEVICE =
            new DiscoveryConfig(DiscoveryConfig.Form.DEVICE, "homeassistant", "homeassistant/status");

    @TempDir
    Path directory;

    private Plan plan(String hocon) throws Exception {
        return Plans.read(directory, hocon);
    }

    private static List<Announcement> announcements(Plan plan, DiscoveryConfig.Form form) {
        return new HomeAssistant(
                        Descriptions.of(plan, "1.2.3"),
                        new DiscoveryConfig(form, "homeassistant", "homeassistant/status"))
                .announcements(Map.of());
    }

    private static List<String> faults(List<Announcement> messages) {
        var schema = new HomeAssistantSchema("homeassistant");
        return messages.stream()
                .flatMap(message -> schema.faults(message.topic(), message.payload()).stream())
                .toList();
    }

    private Map<?, ?> component(String hocon, String object) throws Exception {
        var message = announcements(plan("device.id = t\n" + hocon), DiscoveryConfig.Form.DEVICE)
                .get(0);
        var components = (Map<?, ?>) JsonReader.object(message.payload(), 8).get("cmps");
        assertThat(components).isNotNull();
        var component = (Map<?, ?>) components.get(object);
        assertThat(component).as(object).isNotNull();
        return component;
    }

    @ParameterizedTest
    @EnumSource(
            value = DiscoveryConfig.Form.class,
            names = {"DEVICE", "COMPONENT"})
    void everyMessage_isWhatHomeAssistantAccepts(DiscoveryConfig.Form form) throws Exception {
        var messages = announcements(plan(ALL), form);
        assertThat(faults(messages)).isEmpty();
        assertThat(messages.stream()
                        .mapToInt(message -> message.components().size())
                        .sum())
                .as("those of ALL but the one with a template, and those of the board")
                .isEqualTo(58);
        var bare = announcements(plan("device.id = bare"), form);
        assertThat(bare).isNotEmpty();
        assertThat(faults(bare)).isEmpty();
    }

    @Test
    void topics_areThoseOfTheForm() throws Exception {
        var plan = plan("device.id = t\noutputs { lamp { pin = 11 } }");
        var uid = Descriptions.of(plan, "").device().uid();
        assertThat(announcements(plan, DiscoveryConfig.Form.DEVICE))
                .extracting(Announcement::topic)
                .containsExactly("homeassistant/device/" + uid + "/config");
        assertThat(announcements(plan, DiscoveryConfig.Form.COMPONENT))
                .extracting(Announcement::topic)
                .contains(
                        "homeassistant/switch/" + uid + "/lamp_switch/config",
                        "homeassistant/button/" + uid + "/daemon_restart/config");
        assertThat(announcements(plan, DiscoveryConfig.Form.OFF)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"state_topic\"|\"stat_topic\"",
                "\"measurement\"|\"sometimes\"",
                "\"p\":\"sensor\"|\"p\":\"sensors\"",
                "\"identifiers\"|\"ids_\"",
                "\"expire_after\":|\"expire_after\":-",
                "\"diagnostic\"|\"diagnostics\"",
                "\"all\"|\"each\"",
                "\"temperature\",\"state|\"tepid\",\"state",
                "\"°C\"|\"lx\""
            })
    void checker_findsWhatIsWrong(String change) throws Exception {
        var parts = change.split("\\|", -1);
        var message = announcements(plan(ALL), DiscoveryConfig.Form.DEVICE).get(0);
        var spoilt = message.payload().replace(parts[0], parts[1]);
        assertThat(spoilt).isNotEqualTo(message.payload());
        assertThat(new HomeAssistantSchema("homeassistant").faults(message.topic(), spoilt))
                .isNotEmpty();
        assertThat(new HomeAssistantSchema("homeassistant")
                        .faults("homeassistant/device/a.b/config", message.payload()))
                .isNotEmpty();
    }

    @Test
    void boardsOfOneId_shareNothing() throws Exception {
        var plan = plan(ALL);
        var ids = new HashSet<String>();
        for (var mark : List.of("0a1b2c3d", "4e5f6071")) {
            for (var form : List.of(DiscoveryConfig.Form.DEVICE, DiscoveryConfig.Form.COMPONENT)) {
                for (var message : announcements(marked(plan, mark), form)) {
                    assertThat(ids.add(message.topic())).as(message.topic()).isTrue();
                    if (form == DiscoveryConfig.Form.COMPONENT) {
                        var id =
                                (String) JsonReader.object(message.payload(), 8).get("unique_id");
                        assertThat(id).isNotNull().contains(mark);
                        assertThat(ids.add(id)).as(id).isTrue();
                    }
                }
            }
        }
    }

    private static Plan marked(Plan plan, String mark) {
        var device = plan.device();
        return new Plan(
                new DeviceConfig(device.id(), mark, device.sys(), device.proc(), device.dev()),
                plan.mqtt(),
                plan.outbox(),
                plan.commands(),
                plan.log(),
                plan.sensors(),
                plan.inputs(),
                plan.outputs(),
                plan.texts());
    }

    @Test
    void underscores_makeNoTwoAlike() throws Exception {
        var plan = plan("""
            device.id = t
            sensors { a_b { type = file, path = /x, quantity = c }, a { type = file, path = /y, quantity = b_c } }
            """);
        assertThat(announcements(plan, DiscoveryConfig.Form.DEVICE).get(0).components())
                .containsKeys("a__b_c", "a_b_c");
    }

    @Test
    void sensor_expiresAfterThreeIntervals_andNotWhereFiltersHoldBack() throws Exception {
        assertThat(HomeAssistant.expiry(Duration.ofMillis(50))).isEqualTo(30);
        assertThat(HomeAssistant.expiry(Duration.ofMinutes(1))).isEqualTo(185);
        var often = component("sensors { t { type = file, path = /x, every = 1 min } }", "t_value");
        assertThat(often.get("expire_after")).hasToString("185");
        var seldom = component(
                "sensors { t { type = file, path = /x, every = 1 min, filters = [ { delta { by = 1, heartbeat = 1 h }"
                        + " } ] } }",
                "t_value");
        assertThat(seldom.get("expire_after")).hasToString("10985");
        var perhaps = component(
                "sensors { t { type = file, path = /x, every = 1 min, filters = [ { delta { by = 1 } } ] } }",
                "t_value");
        assertThat(perhaps.containsKey("expire_after")).isFalse();
    }

    @Test
    void json_isReadByATemplate_thatLeavesOutWhatIsOld() throws Exception {
        var plain = component("sensors { t { type = file, path = /x } }", "t_value");
        assertThat(plain.containsKey("value_template")).isFalse();
        var json = component("sensors { t { type = file, path = /x, format = json } }", "t_value");
        assertThat(json.get("value_template"))
                .isEqualTo("{{ '' if value_json.historical is defined else value_json.value }}");
    }

    @Test
    void dimmable_isALight_ofAHundredLevels() throws Exception {
        var light = component("outputs { dim { type = pwm, channel = 4 } }", "dim_light");
        assertThat(light.get("brightness_command_topic")).isEqualTo("walnutpi/t/dim/set");
        assertThat(light.get("brightness_state_topic")).isEqualTo("walnutpi/t/dim/level");
        assertThat(light.get("brightness_scale")).hasToString("100");
        assertThat(light.get("on_command_type")).isEqualTo("brightness");
    }

    @Test
    void availability_isOfTheDeviceAndOfThePart() throws Exception {
        var lamp = component("outputs { lamp { pin = 11 } }", "lamp_switch");
        assertThat(lamp.get("availability"))
                .isEqualTo(List.of(Map.of("topic", "walnutpi/t/status"), Map.of("topic", "walnutpi/t/lamp/status")));
        assertThat(lamp.get("availability_mode")).isEqualTo("all");
        var restart = component("", "daemon_restart");
        assertThat(restart.get("availability")).isEqualTo(List.of(Map.of("topic", "walnutpi/t/status")));
        assertThat(restart.get("payload_press")).isEqualTo("{\"command\":\"restart\"}");
    }

    @Test
    void whatIsNotAllowed_isNoButton_andAnOutputIsOnlyShown() throws Exception {
        var outputs = "outputs { lamp { pin = 11, format = json, entity { device-class = outlet } },"
                + " dim { type = pwm, channel = 4 }, tap { pin = 13, entity { as = valve } } }\n";
        var description =
                Descriptions.of(plan("device.id = t\n" + outputs + "commands.allow = [status, read]"), "1.2.3");
        var messages = new HomeAssistant(description, DEVICE).announcements(Map.of());
        assertThat(faults(messages)).isEmpty();
        assertThat(messages.get(0).components())
                .containsKeys("daemon_read-now", "lamp_binary_sensor", "dim_binary_sensor", "tap_binary_sensor")
                .doesNotContainKeys("daemon_restart", "lamp_switch");
        assertThat(messages.get(0).payload()).doesNotContain("/set", "outlet");
    }

    /** Classes that are chosen by themselves are known to the oldest Home Assistant, 2024.2, and so are their units. */
    @ParameterizedTest
    @ValueSource(strings = {"L/h", "l/h", "L/s", "l/s"})
    void flow_inAUnitThatIsNewer_hasNoClassByItself_butMayBeGivenOne(String unit) throws Exception {
        var sensor = "sensors { t { type = file, path = /x, unit = \"" + unit + "\"";
        assertThat(component(sensor + " } }", "t_value").containsKey("device_class"))
                .isFalse();
        assertThat(component(sensor + ", entity { device-class = volume_flow_rate } } }", "t_value")
                        .get("device_class"))
                .isEqualTo("volume_flow_rate");
        assertThat(component("sensors { t { type = file, path = /x, unit = l/min } }", "t_value")
                        .get("device_class"))
                .isEqualTo("volume_flow_rate");
    }

    @Test
    void parting_tellsOfNothingElse() throws Exception {
        var words = new HomeAssistant(
                Descriptions.of(plan("device.id = t\noutputs { lamp { pin = 11 } }"), "1.2.3"), DEVICE);
        var message = new Announcement(
                words.deviceTopic(), words.parting(Map.of("b_switch", "switch", "a_x", "sensor")), Map.of());
        assertThat(message.payload())
                .endsWith("\"cmps\":{\"a_x\":{\"p\":\"sensor\"},\"b_switch\":{\"p\":\"switch\"}}}");
        assertThat(faults(List.of(message))).isEmpty();
    }

    @Test
    void gone_isToldByItsPlatformAlone() throws Exception {
        var description = Descriptions.of(plan("device.id = t\noutputs { lamp { pin = 11 } }"), "1.2.3");
        var message = new HomeAssistant(description, DEVICE)
                .announcements(Map.of("tank_temperature", "sensor", "lamp_switch", "switch"))
                .get(0);
        assertThat(message.payload()).contains("\"tank_temperature\":{\"p\":\"sensor\"}");
        assertThat(message.components()).containsKey("lamp_switch").doesNotContainKey("tank_temperature");
        assertThat(faults(List.of(message))).isEmpty();
    }
}
