package io.walnutedge.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.Stamp;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.Hardware;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatestReadingsTest {
    private static final ItemId ROOM = new ItemId("room");

    private final List<String> passed = new ArrayList<>();
    private long nanos;

    private final LatestReadings latest = new LatestReadings(
            new SampleSink() {
                @Override
                public void readings(List<Reading> batch) {
                    batch.forEach(reading -> passed.add(reading.sensor() + "." + reading.quantity()));
                }

                @Override
                public void availability(ItemId sensor, boolean online, String why) {
                    passed.add(sensor + (online ? " online" : " offline"));
                }

                @Override
                public void quantity(ItemId sensor, String quantity, Optional<Absence> absence) {
                    passed.add(sensor + "." + quantity + (absence.isEmpty() ? " online" : " none"));
                }
            },
            () -> nanos);

    private final Hardware hardware = latest.beside(new Hardware() {
        @Override
        public void pause(Duration duration) {
            nanos += duration.toNanos();
        }
    });

    private static Reading reading(Value value) {
        return new Reading(ROOM, "temperature", value, new Stamp("boot", 0, 0, Instant.EPOCH, true));
    }

    @Test
    void latest_isTheNewestWithItsAge_andIsPassedOn() throws Exception {
        latest.readings(List.of(reading(Value.of(20)), reading(Value.of(21))));
        hardware.pause(Duration.ofSeconds(3));
        assertThat(hardware.latest(ROOM, "temperature")).contains(new Hardware.Latest(21, Duration.ofSeconds(3)));
        assertThat(passed).containsExactly("room.temperature", "room.temperature");
    }

    @Test
    void latest_ofWhatIsUnknownIsNone() {
        latest.readings(List.of(reading(Value.of("a text"))));
        assertThat(hardware.latest(ROOM, "temperature")).isEqualTo(Optional.empty());
        assertThat(hardware.latest(new ItemId("garden"), "temperature")).isEqualTo(Optional.empty());
    }

    @Test
    void latest_isForgottenWhenTheSensorGoesOffline() {
        latest.readings(List.of(reading(Value.of(20))));
        latest.availability(ROOM, true, "");
        assertThat(hardware.latest(ROOM, "temperature")).isPresent();
        latest.availability(ROOM, false, "unplugged");
        assertThat(hardware.latest(ROOM, "temperature")).isEmpty();
        assertThat(passed).containsExactly("room.temperature", "room online", "room offline");
    }
}
