package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.input.InputEvent;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.Value;
import io.walnutedge.sampling.SampleClock;
import io.walnutedge.sampling.SampleSink;
import io.walnutedge.sensor.Drivers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InputAnnouncerTest {
    private static final String CONFIG = """
        device.id = a
        inputs {
          key  { pin = 1, double-click = 400 ms, qos = 0 }
          bell { pin = 2, topic = Bell, retain = false, events = true, event-format = json }
          door { pin = 3 }
          fan  { pin = 4, type = counter }
        }
        """;
    private static final ItemId FAN = new ItemId("fan");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final List<String> said = new ArrayList<>();
    private final List<Reading> readings = new ArrayList<>();
    private InputAnnouncer announcer = announcer("device.id = a");

    private final class Sink implements SampleSink {
        @Override
        public void readings(List<Reading> batch) {
            readings.addAll(batch);
        }

        @Override
        public void availability(ItemId sensor, boolean online, String why) {
            said.add(sensor + " " + online + " " + why);
        }

        @Override
        public void quantity(ItemId sensor, String quantity, Optional<Absence> absence) {
            said.add(sensor + "." + quantity + " " + absence);
        }
    }

    @BeforeEach
    void read() {
        announcer = announcer(CONFIG);
    }

    private InputAnnouncer announcer(String config) {
        var problems = new Problems();
        try {
            var plan = new PlanReader(Drivers.of(), (device, pin) -> pin)
                    .read(ConfigFile.parse(config, problems), problems);
            return new InputAnnouncer(
                    plan.inputs(),
                    (topic, payload, qos, retain) ->
                            said.add(topic + " " + text(payload) + " " + qos + (retain ? " retained" : "")),
                    (topic, payload, qos) -> said.add(topic + " " + text(payload) + " " + qos),
                    new Sink(),
                    new SampleClock(() -> 42, () -> NOW, () -> true, "boot"));
        } catch (ConfigException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }

    @Test
    void state_isALastValue() {
        announcer.changed(new ItemId("key"), true);
        announcer.changed(new ItemId("bell"), false);
        assertThat(said).containsExactly("walnutpi/a/key ON 0 retained", "Bell OFF 1");
    }

    @Test
    void event_isNeverRetained_andJsonWhereItIsWanted() {
        announcer.happened(new ItemId("key"), InputEvent.DOUBLE_CLICK);
        announcer.happened(new ItemId("bell"), InputEvent.LONG_PRESS);
        assertThat(said)
                .containsExactly("walnutpi/a/key/event double-click 0", "Bell/event {\"event_type\":\"long-press\"} 1");
    }

    @Test
    void event_ofAnInputWithoutEvents_isNotTold() {
        announcer.happened(new ItemId("door"), InputEvent.CLICK);
        assertThat(said).isEmpty();
    }

    @Test
    void count_isAReading_numberedForEachQuantity() {
        announcer.counted(FAN, "total", Value.of(7));
        announcer.counted(FAN, "rate", Value.of(0.5));
        announcer.counted(FAN, "total", Value.of(8));
        assertThat(readings).extracting(Reading::quantity).containsExactly("total", "rate", "total");
        assertThat(readings).extracting(reading -> reading.stamp().seq()).containsExactly(1L, 1L, 2L);
        assertThat(readings).allSatisfy(reading -> {
            assertThat(reading.stamp().wall()).isEqualTo(NOW);
            assertThat(reading.stamp().boot()).isEqualTo("boot");
        });
    }

    @Test
    void availability_goesTheWayOfAll() {
        announcer.availability(FAN, false, "it broke");
        assertThat(said).containsExactly("fan false it broke");
    }
}
