package io.walnutedge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.walnutedge.hocon.ConfigException;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.sensor.Drivers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntityConfigTest {
    @TempDir
    Path directory;

    private List<String> mistakes(String hocon) throws IOException {
        var file = Files.writeString(directory.resolve("a.conf"), "device.id = t\n" + hocon);
        var refused = catchThrowableOfType(
                ConfigException.class, () -> new PlanReader(Drivers.installed(), (device, pin) -> pin).read(file));
        assertThat(refused).as("refused").isNotNull();
        return refused.problems().stream()
                .map(problem -> problem.toString().replaceFirst(".*a.conf:", ""))
                .toList();
    }

    private List<String> ofSensor(String entity) throws IOException {
        return mistakes("sensors { light { type = bh1750\nentity { " + entity + " } } }");
    }

    @Test
    void deviceClass_isOneOfHomeAssistants_andFitsTheUnit() throws Exception {
        assertThat(ofSensor("device-class = iluminance"))
                .singleElement()
                .asString()
                .startsWith("3: sensors.light.entity.device-class: 'iluminance' is none of ")
                .endsWith("; did you mean 'illuminance'?");
        assertThat(ofSensor("device-class = temperature"))
                .containsExactly(
                        "3: sensors.light.entity.device-class: temperature is not measured in 'lx'; accepted: °C, °F,"
                                + " K. Set unit, or convert with a filter");
        assertThat(ofSensor("device-class = temperature_delta"))
                .singleElement()
                .asString()
                .contains("temperature_delta is not measured in 'lx'");
        assertThat(ofSensor("device-class = aqi")).singleElement().asString().contains("accepted: no unit");
    }

    @Test
    void stateClass_fitsTheDeviceClass() throws Exception {
        assertThat(ofSensor("state-class = totl")).singleElement().asString().contains("did you mean 'total'?");
        assertThat(ofSensor("device-class = illuminance, state-class = total"))
                .containsExactly(
                        "3: sensors.light.entity.state-class: 'total' does not go with the device class illuminance;"
                                + " accepted: measurement");
    }

    @Test
    void icon_hasASetAndAName_unknownKeysAreRefused() throws Exception {
        assertThat(ofSensor("icon = lamp, devide-class = x"))
                .hasSize(2)
                .anyMatch(mistake -> mistake.contains("entity.icon: 'lamp' is not an icon"))
                .anyMatch(mistake -> mistake.contains("did you mean 'device-class'?"));
    }

    @Test
    void sensorOfSeveralQuantities_hasItInEach() throws Exception {
        assertThat(mistakes("sensors { room { type = bme280, entity { name = Room } } }"))
                .singleElement()
                .asString()
                .contains("sensors.room.entity: this sensor has several quantities");
    }

    @Test
    void outputs_haveClassesOfWhatTheyAreShownAs() throws Exception {
        assertThat(mistakes("outputs { a { pin = 11, entity { as = vavle } } }"))
                .singleElement()
                .asString()
                .contains("did you mean 'valve'?");
        assertThat(mistakes("outputs { a { pin = 11, entity { device-class = water } } }"))
                .singleElement()
                .asString()
                .contains("'water' is none of outlet, switch");
        assertThat(mistakes("outputs { a { pin = 11, entity { as = lock, device-class = door } } }"))
                .singleElement()
                .asString()
                .contains("lights and locks have none");
    }

    @Test
    void inputs_haveClassesOfContacts() throws Exception {
        assertThat(mistakes("inputs { a { pin = 11, entity { device-class = dor } } }"))
                .singleElement()
                .asString()
                .endsWith("; did you mean 'door'?");
        assertThat(mistakes("inputs { a { pin = 11, type = counter, entity { name = A } } }"))
                .singleElement()
                .asString()
                .contains("belongs to total or rate");
    }

    @Test
    void discovery_doesNotGoWithReadingsOnly() throws Exception {
        assertThat(mistakes("mqtt { readings-only = true, discovery = device }"))
                .singleElement()
                .asString()
                .contains("mqtt.discovery: does not go with readings-only");
        assertThat(mistakes("mqtt { discovery = devices }"))
                .singleElement()
                .asString()
                .contains("did you mean 'device'?");
    }
}
