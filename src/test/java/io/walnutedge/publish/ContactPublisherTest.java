package io.walnutedge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.event.InputEvent;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.reading.ItemId;
import io.walnutedge.sensor.Drivers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContactPublisherTest {
    private static final String CONFIG = """
        device.id = a
        inputs {
          key  { pin = 1, double-click = 400 ms, qos = 0 }
          bell { pin = 2, topic = Bell, retain = false, events = true, event-format = json }
          door { pin = 3 }
          fan  { pin = 4, type = counter }
        }
        """;

    private final List<String> said = new ArrayList<>();
    private ContactPublisher publisher = publisher("device.id = a");

    @BeforeEach
    void read() {
        publisher = publisher(CONFIG);
    }

    private ContactPublisher publisher(String config) {
        var problems = new Problems();
        try {
            var plan = new PlanReader(Drivers.of(), (device, pin) -> pin)
                    .read(ConfigFile.parse(config, problems), problems);
            return new ContactPublisher(
                    plan.inputs(),
                    (topic, payload, qos, retain) ->
                            said.add(topic + " " + text(payload) + " " + qos + (retain ? " retained" : "")),
                    (topic, payload, qos) -> said.add(topic + " " + text(payload) + " " + qos));
        } catch (ConfigException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }

    @Test
    void state_isALastValue() {
        publisher.contact(new ItemId("key"), true);
        publisher.contact(new ItemId("bell"), false);
        assertThat(said).containsExactly("walnutpi/a/key ON 0 retained", "Bell OFF 1");
    }

    @Test
    void event_isNeverRetained_andJsonWhereItIsWanted() {
        publisher.key(new ItemId("key"), InputEvent.DOUBLE_CLICK);
        publisher.key(new ItemId("bell"), InputEvent.LONG_PRESS);
        assertThat(said)
                .containsExactly("walnutpi/a/key/event double-click 0", "Bell/event {\"event_type\":\"long-press\"} 1");
    }

    @Test
    void event_ofAnInputWithoutEvents_isNotTold() {
        publisher.key(new ItemId("door"), InputEvent.CLICK);
        assertThat(said).isEmpty();
    }
}
