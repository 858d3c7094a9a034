package io.walnutedge.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.actuator.ActuatorDrivers;
import io.walnutedge.actuator.AngleOutput;
import io.walnutedge.config.DiscoveryConfig;
import io.walnutedge.discovery.homie.HomieDevice;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problem;
import io.walnutedge.hocon.Problems;
import io.walnutedge.json.JsonReader;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.files.DeviceFiles;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What controllers learn of an output whose values are no percents. */
class NumberDiscoveryTest {
    private static Plan plan(String entity) throws ConfigException {
        var problems = new Problems();
        var text = "device.id = t\nmqtt.homie = on\noutputs { flap { type = angle, axis = x\n" + entity + " } }";
        return new PlanReader(
                        Drivers.of(),
                        ActuatorDrivers.of(new AngleOutput()),
                        (device, pin) -> pin,
                        Long.MAX_VALUE,
                        DeviceFiles.SYSTEM)
                .read(ConfigFile.parse(text, problems), problems);
    }

    private static Description description() throws ConfigException {
        return Descriptions.of(plan(""), "1");
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    @ParameterizedTest
    @EnumSource(
            value = DiscoveryConfig.Form.class,
            names = {"DEVICE", "COMPONENT"})
    void homeAssistant_acceptsTheMessages(DiscoveryConfig.Form form) throws Exception {
        var schema = new HomeAssistantSchema("homeassistant");
        var messages = new HomeAssistant(
                        description(), new DiscoveryConfig(form, "homeassistant", "homeassistant/status"))
                .announcements(Map.of());
        assertThat(messages)
                .isNotEmpty()
                .allSatisfy(message -> assertThat(schema.faults(message.topic(), message.payload()))
                        .isEmpty());
    }

    @Test
    void homeAssistant_showsANumber() throws Exception {
        var message = new HomeAssistant(
                        description(),
                        new DiscoveryConfig(DiscoveryConfig.Form.DEVICE, "homeassistant", "homeassistant/status"))
                .announcements(Map.of())
                .get(0);
        var number =
                map(map(JsonReader.object(message.payload(), 8).get("cmps")).get("flap_number"));
        assertThat(number.get("p")).isEqualTo("number");
        assertThat(number.get("command_topic")).isEqualTo("walnutpi/t/flap/set");
        assertThat(number.get("state_topic")).isEqualTo("walnutpi/t/flap/level");
        assertThat(number.get("min")).hasToString("-90");
        assertThat(number.get("max")).hasToString("90");
        assertThat(number.get("unit_of_measurement")).isEqualTo("°");
        assertThat(number.get("step")).as("1 where none is given").isNull();
    }

    @Test
    void homie_hasAFloatWithItsRange() throws Exception {
        var json = HomieDevice.of(description(), plan("").mqtt().homie()).description(1);
        assertThat(json).contains("\"datatype\":\"float\",\"format\":\"-90:90\",\"unit\":\"°\",\"settable\":true");
    }

    @Test
    void description_hasTheRangeWithTheTopic() throws Exception {
        assertThat(DescriptionJson.of(description()))
                .contains("\"level\":\"walnutpi/t/flap/level\",\"min\":-90,\"max\":90,\"unit\":\"°\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"as = valve", "as = light", "device-class = outlet"})
    void keyOfASwitch_isRefusedWithItsLine(String key) {
        var name = key.replaceFirst(" .*", "");
        assertThat(refused("entity {\n" + key + " }"))
                .endsWith(": 5: outputs.flap.entity." + name
                        + ": an output from -90 to 90 ° is shown as a number; leave it out");
    }

    @Test
    void iconAndName_areTaken() throws Exception {
        assertThat(plan("entity { name = Flap, icon = \"mdi:angle-acute\" }").outputs())
                .singleElement()
                .satisfies(output -> assertThat(output.config().entity().name()).contains("Flap"));
    }

    private static String refused(String entity) {
        try {
            plan(entity);
            return "";
        } catch (ConfigException refused) {
            assertThat(refused.problems()).hasSize(1);
            return refused.problems().stream()
                    .map(Problem::toString)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
