package io.walnutedge.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.Stamp;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.Hardware;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatestReadingsTest {
    private static final ItemId ROOM = new ItemId("room");

    private long nanos;

    private final Hardware hardware = new Hardware() {
        @Override
        public void pause(Duration duration) {
            nanos += duration.toNanos();
        }
    };
    private final LatestReadings latest = new LatestReadings(hardware, () -> nanos);

    private static Reading reading(Value value) {
        return new Reading(ROOM, "temperature", value, new Stamp("boot", 0, 0, Instant.EPOCH, true));
    }

    @Test
    void latest_isTheNewestWithItsAge() throws Exception {
        latest.readings(List.of(reading(Value.of(20)), reading(Value.of(21))));
        hardware.pause(Duration.ofSeconds(3));
        assertThat(latest.latest(ROOM, "temperature")).contains(new Hardware.Latest(21, Duration.ofSeconds(3)));
    }

    @Test
    void latest_ofWhatIsUnknownIsNone() {
        latest.readings(List.of(reading(Value.of("a text"))));
        assertThat(latest.latest(ROOM, "temperature")).isEqualTo(Optional.empty());
        assertThat(latest.latest(new ItemId("garden"), "temperature")).isEqualTo(Optional.empty());
    }

    @Test
    void latest_isForgottenWhenTheSensorGoesOffline() {
        latest.readings(List.of(reading(Value.of(20))));
        latest.availability(ROOM, true, "");
        assertThat(latest.latest(ROOM, "temperature")).isPresent();
        latest.availability(ROOM, false, "unplugged");
        assertThat(latest.latest(ROOM, "temperature")).isEmpty();
    }
}
