package io.walnutedge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.discovery.Description;
import io.walnutedge.discovery.Descriptions;
import io.walnutedge.outbox.MemoryOutbox;
import io.walnutedge.outbox.OutboxClock;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.BootTimes;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.Stamp;
import io.walnutedge.reading.Value;
import io.walnutedge.sampling.ScheduledSensor;
import io.walnutedge.sensor.Drivers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueRepeaterTest {
    private static final Instant TAKEN = Instant.parse("2026-01-02T03:04:05.678Z");

    @TempDir
    Path directory;

    private long now;
    private final LatestStates told = new LatestStates(() -> now);
    private final List<String> sent = new ArrayList<>();
    private final List<Collection<String>> again = new ArrayList<>();

    private Description repeat(String hocon, Duration age) throws Exception {
        var file = Files.writeString(directory.resolve("a.conf"), "device.id = t\n" + hocon);
        var plan = new PlanReader(Drivers.installed(), (device, pin) -> pin).read(file);
        Map<ItemId, Map<String, MeasurementConfig>> measurements =
                plan.sensors().stream().collect(Collectors.toMap(ScheduledSensor::id, ScheduledSensor::measurements));
        var readings = new ReadingPublisher(
                new MemoryOutbox(10, new OutboxClock(() -> now, () -> TAKEN, () -> true, "")),
                measurements,
                new BootTimes(() -> now, () -> TAKEN, () -> true, ""),
                "");
        measurements.forEach((id, quantities) -> quantities
                .keySet()
                .forEach(quantity -> told.readings(
                        List.of(new Reading(id, quantity, Value.of(21.5), new Stamp("", 7, now, TAKEN, true))))));
        now += age.toNanos();
        var description = Descriptions.of(plan, "1");
        new ValueRepeater(
                        told,
                        readings,
                        publication -> sent.add(publication.topic() + "="
                                + new String(publication.payload(), StandardCharsets.UTF_8) + " "
                                + publication.qos()
                                + " "
                                + publication.retain()),
                        again::add,
                        () -> now)
                .accept(description);
        return description;
    }

    private static String sensor(String settings) {
        return "sensors { tank { type = file, path = /x, decimals = 1, " + settings + " } }";
    }

    /** Age in seconds; expire_after is three intervals and 5 s. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "every = 1 h | 10 | true",
                "every = 1 h | 10804 | true",
                "every = 1 h | 10805 | false",
                "every = 1 min | 184 | true",
                "every = 1 min | 185 | false",
                "every = 31 s | 1 | true",
                "every = 30 s | 1 | false",
                "every = 1 s | 1 | false",
                "every = 1 s, filters = [ { delta { by = 1 } } ] | 100000 | true",
                "every = 1 s, filters = [ { delta { by = 1, heartbeat = 1 h } } ] | 3000 | true",
                "every = 1 s, filters = [ { delta { by = 1, heartbeat = 1 h } } ] | 10808 | false",
                "every = 1 s, filters = [ { delta { by = 1, heartbeat = 10 s } } ] | 3 | false",
                "every = 1 h, retain = true | 10 | false",
                "every = 1 h, template = \"{value}\" | 10 | false",
                "every = 1 h, entity { enabled = false } | 10 | false",
                "every = 1 h, qos = 0 | 10 | true"
            })
    void reading_isRepeated_whereItComesSeldom_isNotKept_andIsStillValid(String settings, long age, boolean repeated)
            throws Exception {
        repeat(sensor(settings), Duration.ofSeconds(age));
        assertThat(sent).hasSize(repeated ? 1 : 0);
    }

    @Test
    void reading_keepsItsTimeAndItsNumber() throws Exception {
        repeat(sensor("every = 1 h, format = json"), Duration.ofMinutes(30));
        assertThat(sent)
                .containsExactly(
                        "walnutpi/t/tank/value={\"value\":21.5,\"time\":\"2026-01-02T03:04:05.678Z\",\"seq\":7,"
                                + "\"quality\":\"good\"} 1 false");
    }

    @Test
    void offline_isNotRepeated() throws Exception {
        told.availability(new ItemId("tank"), false, "gone");
        repeat(sensor("every = 1 h"), Duration.ofSeconds(1));
        assertThat(sent).isEmpty();
    }

    @Test
    void quantity_thatHasNoValueNow_isNotRepeated() throws Exception {
        told.quantity(new ItemId("tank"), "value", Optional.of(Absence.normal("nothing in sight")));
        repeat(sensor("every = 1 h"), Duration.ofSeconds(1));
        assertThat(sent).isEmpty();
    }

    @Test
    void states_areAskedFor_ofContactsAndOutputs() throws Exception {
        repeat(
                "inputs { door { pin = PC10, retain = false } }\n"
                        + "outputs { lamp { pin = 11, retain = false }, dim { type = pwm, channel = 4 } }",
                Duration.ZERO);
        assertThat(again)
                .containsExactly(
                        List.of("walnutpi/t/door", "walnutpi/t/dim", "walnutpi/t/dim/level", "walnutpi/t/lamp"));
    }
}
