package io.walnutedge.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.EntityConfig;
import io.walnutedge.discovery.Description.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptionsTest {
    @TempDir
    Path directory;

    private Description of(String hocon) throws Exception {
        return Descriptions.of(Plans.read(directory, "device.id = greenhouse\n" + hocon), "1.2.3");
    }

    private static Part part(Description description, String id) {
        return description.parts().stream()
                .filter(part -> part.id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Entity.Measured measured(Description description, String part, String id) {
        return part(description, part).entities().stream()
                .filter(entity -> entity.id().equals(id))
                .map(Entity.Measured.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void device_isNamedAfterItsId() throws Exception {
        var device = of("").device();
        assertThat(device.id()).isEqualTo("greenhouse");
        assertThat(device.uid()).startsWith("greenhouse");
        assertThat(device.name()).isEqualTo("Greenhouse");
        assertThat(device.firmware()).isEqualTo("1.2.3");
        assertThat(device.statusTopic()).isEqualTo("walnutpi/greenhouse/status");
        assertThat(device.commandTopic()).isEqualTo("walnutpi/greenhouse/command");
        assertThat(of("device.name = \"My glass house\"").device().name()).isEqualTo("My glass house");
    }

    @Test
    void sensor_hasItsQuantities_withClassesByNameAndUnit() throws Exception {
        var description = of("""
            sensors {
              room { type = bme280, every = 30 s, humidity { enabled = false }
                     pressure { unit = cows, entity { name = "The weight of the air", icon = "mdi:gauge" } } }
            }
            """);
        var room = part(description, "room");
        assertThat(room.name()).isEqualTo("Room");
        assertThat(room.statusTopic()).contains("walnutpi/greenhouse/room/status");
        assertThat(room.entities()).extracting(Entity::id).containsExactly("temperature", "pressure");
        var temperature = measured(description, "room", "temperature");
        assertThat(temperature.name()).isEqualTo("Room temperature");
        assertThat(temperature.topic()).isEqualTo("walnutpi/greenhouse/room/temperature");
        assertThat(temperature.deviceClass()).contains("temperature");
        assertThat(temperature.stateClass()).contains("measurement");
        assertThat(temperature.every()).contains(Duration.ofSeconds(30));
        assertThat(temperature.diagnostic()).isFalse();
        var pressure = measured(description, "room", "pressure");
        assertThat(pressure.deviceClass()).as("cows are no unit of it").isEmpty();
        assertThat(pressure.name()).isEqualTo("The weight of the air");
        assertThat(pressure.icon()).contains("mdi:gauge");
    }

    @Test
    void filters_thatHoldBack_makeItWaitLonger() throws Exception {
        var description = of("""
            sensors {
              tank { type = file, path = /tmp/x, every = 10 s, quantity = temperature, unit = "°C" }
              slow { type = file, path = /tmp/x, every = 10 s, filters = [ { throttle = 1 min } ] }
              beat { type = file, path = /tmp/x, every = 10 s, filters = [ { delta { by = 1, heartbeat = 10 min } } ] }
              calm { type = file, path = /tmp/x, every = 10 s, filters = [ { delta { by = 1 } } ] }
            }
            """);
        assertThat(measured(description, "tank", "temperature").every()).contains(Duration.ofSeconds(10));
        assertThat(measured(description, "slow", "value").every()).contains(Duration.ofSeconds(70));
        assertThat(measured(description, "beat", "value").every()).contains(Duration.ofSeconds(610));
        assertThat(measured(description, "calm", "value").every()).isEmpty();
        assertThat(measured(description, "calm", "value").name()).isEqualTo("Calm");
    }

    @Test
    void boardsOwnSensors_areDiagnostic_textsHaveNoClass() throws Exception {
        var description = of("""
            sensors {
              cpu { type = thermal, zone = cpu-thermal }
              hello { type = text, text = "Hello" }
            }
            """);
        assertThat(measured(description, "cpu", "temperature").diagnostic()).isTrue();
        assertThat(measured(description, "cpu", "temperature").name()).isEqualTo("CPU temperature");
        var hello = measured(description, "hello", "text");
        assertThat(hello.isText()).isTrue();
        assertThat(hello.deviceClass()).isEmpty();
        assertThat(hello.stateClass()).isEmpty();
    }

    @Test
    void inputs_areContactsEventsAndCounters() throws Exception {
        var description = of("""
            inputs {
              door { pin = PC10, entity { device-class = door } }
              key { pin = 41, long-press = 1 s, event-format = json }
              water { pin = PC11, type = counter, factor = 10, unit = l, rate { entity { enabled = false } } }
            }
            """);
        assertThat(part(description, "door").entities())
                .containsExactly(new Entity.Contact(
                        "state", "Door", "walnutpi/greenhouse/door", Optional.of("door"), Optional.empty()));
        var event = (Entity.Events) part(description, "key").entities().get(1);
        assertThat(event.types()).containsExactly("press", "release", "click", "long-press");
        assertThat(event.topic()).isEqualTo("walnutpi/greenhouse/key/event");
        assertThat(part(description, "water").entities()).hasSize(1);
        var total = measured(description, "water", "total");
        assertThat(total.deviceClass()).contains("volume");
        assertThat(total.stateClass()).contains("total_increasing");
    }

    @Test
    void outputs_areWhatTheyAreShownAs() throws Exception {
        var description = of("""
            outputs {
              lamp { pin = 11 }
              fan { type = pwm, channel = 4 }
              pump { pin = 13, entity { as = valve, device-class = water, name = "Well pump" } }
              secret { pin = 15, entity { enabled = false } }
            }
            """);
        assertThat(description.parts())
                .extracting(part -> part.id().value())
                .containsExactly("lamp", "fan", "pump", "daemon");
        var fan = (Entity.Switchable) part(description, "fan").entities().get(0);
        assertThat(fan.kind()).isEqualTo(EntityConfig.As.LIGHT);
        assertThat(fan.levelTopic()).contains("walnutpi/greenhouse/fan/level");
        var pump = (Entity.Switchable) part(description, "pump").entities().get(0);
        assertThat(pump.kind()).isEqualTo(EntityConfig.As.VALVE);
        assertThat(pump.name()).isEqualTo("Well pump");
        assertThat(pump.setTopic()).contains("walnutpi/greenhouse/pump/set");
        assertThat(pump.deviceClass()).contains("water");
    }

    @Test
    void boardItself_isAPart_thatTakesNobodysName() throws Exception {
        var description = of("sensors { daemon { type = text, text = x } }");
        var board = description.parts().get(1);
        assertThat(board.id().value()).isEqualTo("daemon-2");
        assertThat(board.statusTopic()).isEmpty();
        assertThat(board.entities()).hasAtLeastOneElementOfType(Entity.Health.class);
        assertThat(board.entities())
                .filteredOn(Entity.Button.class::isInstance)
                .extracting(Entity::id)
                .isEqualTo(List.of("restart", "read-now"));
    }

    @Test
    void withoutHealth_noFiguresOfIt() throws Exception {
        assertThat(part(of("mqtt.health-every = off"), "daemon").entities())
                .hasSize(2)
                .hasOnlyElementsOfType(Entity.Button.class);
        var slow = part(of("mqtt.health-every = 5 min"), "daemon").entities().get(0);
        assertThat(((Entity.Health) slow).every()).isEqualTo(Duration.ofMinutes(5));
    }
}
