package io.walnutedge.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.walnutedge.reading.ItemId;
import io.walnutedge.sampling.Recorder.Event;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.testkit.CapturedLog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AvailabilityTest {
    private final Recorder recorder = new Recorder();
    private final Availability health = new Availability(new ItemId("tank"), recorder);

    @RegisterExtension
    private final CapturedLog log = new CapturedLog(Availability.class);

    private void fail(String why) {
        health.failed(why, new SensorException(why));
    }

    private List<Event> told() {
        return recorder.events("tank");
    }

    private List<String> warnings() {
        return log.list().stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void reason_isTheOneOfTheLastFailure_andToldOnceEach() {
        health.online();
        fail("it is gone");
        fail("it is gone");
        fail("it is garbage");
        fail("it is garbage");
        health.offline("it hangs", null);
        health.offline("it hangs", null);
        fail("it is gone");
        health.online();
        health.online();
        assertThat(told())
                .containsExactly(
                        new Event("tank", true, ""),
                        new Event("tank", false, "it is gone"),
                        new Event("tank", false, "it is garbage"),
                        new Event("tank", false, "it hangs"),
                        new Event("tank", false, "it is gone"),
                        new Event("tank", true, ""));
        assertThat(warnings())
                .containsExactly(
                        "tank: offline: it is gone", "tank: offline: it is garbage", "tank: offline: it hangs");
    }

    @Test
    void neverOnline_isTheSame() {
        fail("no answer");
        fail("no such device");
        assertThat(told()).extracting(Event::why).containsExactly("no answer", "no such device");
        assertThat(health.why()).isEqualTo("no such device");
    }

    @Test
    void figures_thatChangeWithEveryFailure_areToldAndLoggedOnce() {
        for (var i = 0; i < 1000; i++) {
            fail("checksum 0x" + Integer.toHexString(i) + " after " + i + " ms");
        }
        assertThat(told()).hasSize(1000);
        assertThat(warnings()).hasSize(1);
    }

    @Test
    void log_isBounded_whateverComes_andBeginsAnewWithTheNextOutage() {
        for (var i = 0; i < 1000; i++) {
            fail("x".repeat(i));
        }
        assertThat(warnings()).hasSize(8);
        health.online();
        fail("x");
        assertThat(warnings()).hasSize(9);
    }

    @Test
    void content_isLoggedAndNotTold() {
        var seen = SensorException.seeing("password=1234", "/x holds no number");
        health.failed(String.valueOf(seen.getMessage()), seen);
        assertThat(told()).containsExactly(new Event("tank", false, "/x holds no number"));
        assertThat(warnings()).containsExactly("tank: offline: /x holds no number; it was 'password=1234'");
    }

    /** A target that comes and goes: its availability follows, without an alert, and the log stays quiet. */
    @Test
    void noValueNow_isToldEachTime_andLoggedOnce() {
        health.online();
        for (var i = 0; i < 100; i++) {
            health.withoutValue("no target");
            health.withoutValue("too far");
            assertThat(health.why()).isEqualTo("too far");
            health.online();
            assertThat(health.why()).isEmpty();
        }
        assertThat(told()).hasSize(201);
        assertThat(told()).extracting(Event::why).containsOnly("");
        assertThat(health.failures()).isZero();
        assertThat(log.list())
                .filteredOn(event -> event.getLevel() == Level.INFO)
                .hasSize(2);
        assertThat(warnings()).isEmpty();
    }
}
