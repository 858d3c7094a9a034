package io.walnutedge.discovery.homie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.discovery.Descriptions;
import io.walnutedge.discovery.homie.HomieDevice.Message;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.input.InputEvent;
import io.walnutedge.output.OutputState;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.Drivers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomieDeviceTest {
    private static final String BASE = "homie/5/green-house";
    private static final String ALL = """
        device.id = green_house
        mqtt.homie = on
        sensors {
          soil_1 { type = file, path = /s, unit = "%", decimals = 1 }
          count  { type = file, path = /c, decimals = 0 }
          note   { type = text, text = hello }
          hidden { type = file, path = /h, entity.enabled = false }
        }
        inputs { door { pin = 11 }, key { pin = 13, long-press = 1 s }, water { pin = 15, type = counter } }
        outputs { pump { pin = 16 }, lamp { type = pwm, chip = 0, channel = 0 } }
        """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Plan plan(String hocon) throws IOException, ConfigException {
        return new PlanReader(Drivers.installed(), (device, pin) -> pin)
                .read(Files.writeString(directory.resolve("application.conf"), hocon));
    }

    private HomieDevice device() throws IOException, ConfigException {
        var plan = plan(ALL);
        return HomieDevice.of(Descriptions.of(plan, "1"), plan.mqtt().homie());
    }

    @Test
    void outputs_thatMayNotBeCommanded_areNotSettable() throws Exception {
        var plan = plan(ALL + "commands.allow = [read]");
        var device = HomieDevice.of(Descriptions.of(plan, "1"), plan.mqtt().homie());
        assertThat(device.commands()).isEmpty();
        assertThat(device.description(1)).contains("\"pump\"", "\"level\"").doesNotContain("settable");
        assertThat(device().commands()).hasSize(3);
    }

    private static ItemId id(String name) {
        return new ItemId(name);
    }

    private static OutputState state(double level) {
        return new OutputState(level, "command", Duration.ZERO, Optional.empty());
    }

    /** Everything that it says, as the broker would keep it. */
    private static Map<String, String> kept(HomieDevice device) {
        var kept = new HashMap<String, String>();
        kept.put(device.topics().state(), "ready");
        kept.put(device.topics().description(), device.description(7));
        put(kept, device.reading(id("soil_1"), "value", Value.of(41.26)));
        put(kept, device.reading(id("count"), "value", Value.of(-3.0)));
        put(kept, device.reading(id("note"), "text", Value.of("")));
        put(kept, device.reading(id("water"), "total", Value.of(12.0)));
        put(kept, device.reading(id("water"), "rate", Value.of(0.5)));
        put(kept, device.contact(id("door"), true));
        put(kept, device.contact(id("key"), false));
        device.output(id("pump"), state(1)).forEach(message -> put(kept, Optional.of(message)));
        device.output(id("lamp"), state(0.4)).forEach(message -> put(kept, Optional.of(message)));
        put(kept, device.alert(id("soil_1"), "it is gone"));
        return kept;
    }

    private static void put(Map<String, String> kept, Optional<Message> message) {
        kept.put(message.orElseThrow().topic(), message.orElseThrow().payload());
    }

    @Test
    void whatItSays_keepsTheConvention() throws Exception {
        var kept = kept(device());
        assertThat(Homie5.faults(BASE, kept)).isEmpty();
        assertThat(Homie5.withoutValue(BASE, kept)).isEmpty();
        var event = device().event(id("key"), InputEvent.LONG_PRESS).orElseThrow();
        assertThat(Homie5.faultsOfEvent(BASE, kept, event.topic(), event.payload()))
                .isEmpty();
    }

    @Test
    void values_areAsPublished() throws Exception {
        assertThat(kept(device()))
                .containsEntry(BASE + "/soil-1/value", "41.3")
                .containsEntry(BASE + "/count/value", "-3")
                .containsEntry(BASE + "/note/text", "\0")
                .containsEntry(BASE + "/door/state", "true")
                .containsEntry(BASE + "/lamp/state", "true")
                .containsEntry(BASE + "/lamp/level", "40")
                .containsEntry(BASE + "/$alert/soil-1", "it is gone");
    }

    @Test
    void description_hasTypesUnitsAndWhatCanBeSet() throws Exception {
        assertThat(device().description(7))
                .contains("\"homie\":\"5.0\",\"version\":7,\"name\":\"Green house\"")
                .contains("\"soil-1\":{\"name\":\"Soil 1\",\"properties\":{\"value\":"
                        + "{\"name\":\"Soil 1\",\"datatype\":\"float\",\"unit\":\"%\"}}}")
                .contains("\"datatype\":\"integer\"}")
                .contains("\"datatype\":\"enum\",\"format\":\"press,release,click,long-press\",\"retained\":false}")
                .contains("\"datatype\":\"float\",\"format\":\"0:100\",\"unit\":\"%\",\"settable\":true}")
                .doesNotContain("hidden", "daemon");
    }

    @Test
    void integerThatIsTooLong_andWhatIsUnknown_areNotSaid() throws Exception {
        assertThat(device().reading(id("count"), "value", Value.of(1e19))).isEmpty();
        assertThat(device().reading(id("count"), "value", Value.of("text"))).isEmpty();
        assertThat(device().reading(id("hidden"), "value", Value.of(1))).isEmpty();
        assertThat(device().contact(id("pump_2"), true)).isEmpty();
        assertThat(device().event(id("door"), InputEvent.CLICK)).isEmpty();
        assertThat(device().alert(id("hidden"), "why")).isEmpty();
    }

    @Test
    void commands_areThoseOfOutputs() throws Exception {
        assertThat(device().commands())
                .extracting(Role::topic)
                .containsExactlyInAnyOrder(
                        BASE + "/pump/state/set", BASE + "/lamp/state/set", BASE + "/lamp/level/set");
    }

    @Test
    void topicsOfADescription_areWhatTheBrokerKeeps() throws Exception {
        var topics = device().topics().ofDescription(device().description(7));
        var kept = kept(device());
        kept.keySet().removeIf(topic -> topic.endsWith("/$state") || topic.endsWith("/$description"));
        assertThat(topics.keySet()).containsAll(kept.keySet());
        assertThat(topics).containsEntry(BASE + "/count/value", "integer");
        assertThat(HomieTopics.versionOf(device().description(7))).isEqualTo(7);
        assertThat(device().topics().ofDescription("no JSON")).isEmpty();
        assertThat(HomieTopics.versionOf("")).isZero();
    }

    @Test
    void namesThatAreOneInHomie_areAMistake_whereItIsOn() throws Exception {
        var two = "sensors { a_b { type = file, path = /s } }\noutputs { a-b { pin = 11 } }\n";
        assertThat(plan("device.id = t\n" + two).sensors()).hasSize(1);
        assertThatThrownBy(() -> plan("device.id = t\nmqtt.homie = on\n" + two))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'a-b' and 'a_b' are both a-b in Homie")
                .hasMessageContaining("application.conf:");
    }

    @Test
    void mistakes_inItsKeys() {
        assertThatThrownBy(() -> plan("mqtt { homie = on, homie-domain = a/b }"))
                .hasMessageContaining("homie-domain: is one level");
        assertThatThrownBy(() -> plan("mqtt { homie = on, readings-only = true }"))
                .hasMessageContaining("mqtt.homie: needs a second connection");
        assertThatThrownBy(() -> plan("""
            device.id = t
            mqtt.homie = on
            outputs { lamp { pin = 11, topic = homie/5/t/lamp/state } }
            """)).hasMessageContaining("belongs to mqtt.homie");
    }
}
