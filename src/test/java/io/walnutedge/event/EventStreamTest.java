package io.walnutedge.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.reading.Absence;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.testkit.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventStreamTest {
    private static final ItemId LAMP = new ItemId("lamp");

    private final EventStream events = new EventStream();
    private final List<String> heard = new ArrayList<>();

    @RegisterExtension
    private final CapturedLog log = new CapturedLog(EventStream.class);

    private EventListener named(String name) {
        return new EventListener() {
            @Override
            public void readings(List<Reading> batch) {
                heard.add(name + " readings " + batch);
            }

            @Override
            public void availability(ItemId id, boolean online, String why) {
                heard.add(name + " availability " + id + " " + online + " " + why);
            }

            @Override
            public void quantity(ItemId sensor, String quantity, Optional<Absence> absence) {
                heard.add(name + " quantity " + sensor + " " + quantity + " " + absence.isPresent());
            }

            @Override
            public void output(ItemId id, OutputState state) {
                heard.add(name + " output " + id + " " + state.word());
            }

            @Override
            public void contact(ItemId id, boolean on) {
                heard.add(name + " contact " + id + " " + on);
            }

            @Override
            public void key(ItemId id, InputEvent event) {
                heard.add(name + " key " + id + " " + event.word());
            }

            @Override
            public void alert(String what, String why) {
                heard.add(name + " alert " + what + " " + why);
            }

            @Override
            public void link(boolean connected) {
                heard.add(name + " link " + connected);
            }
        };
    }

    private void publishAll() {
        events.readings(List.of());
        events.availability(LAMP, false, "stuck");
        events.quantity(LAMP, "level", Optional.empty());
        events.output(LAMP, new OutputState(1, "start", Duration.ZERO, Optional.empty()));
        events.contact(LAMP, true);
        events.key(LAMP, InputEvent.CLICK);
        events.alert("clock", "late");
        events.link(true);
    }

    @Test
    void everyKind_reachesEverySubscriber_inTheOrderOfSubscription() {
        events.subscribe(named("a"));
        events.subscribe(named("b"));
        publishAll();
        assertThat(heard)
                .containsExactly(
                        "a readings []",
                        "b readings []",
                        "a availability lamp false stuck",
                        "b availability lamp false stuck",
                        "a quantity lamp level false",
                        "b quantity lamp level false",
                        "a output lamp ON",
                        "b output lamp ON",
                        "a contact lamp true",
                        "b contact lamp true",
                        "a key lamp click",
                        "b key lamp click",
                        "a alert clock late",
                        "b alert clock late",
                        "a link true",
                        "b link true");
    }

    @Test
    void fault_isLoggedOnce_andKeepsNothingFromTheOthers() {
        events.subscribe(new EventListener() {
            @Override
            public void contact(ItemId id, boolean on) {
                throw new IllegalStateException("a subscriber's mistake");
            }
        });
        events.subscribe(named("b"));
        events.contact(LAMP, true);
        events.contact(LAMP, false);
        assertThat(heard).containsExactly("b contact lamp true", "b contact lamp false");
        assertThat(events.failures()).isEqualTo(2);
        assertThat(log.list())
                .filteredOn(event -> event.getLevel().levelStr.equals("ERROR"))
                .hasSize(1);
    }

    @Test
    void subscriberThatIgnoresAKind_isNotInTheWay() {
        events.subscribe(new EventListener() {});
        publishAll();
        assertThat(events.failures()).isZero();
    }
}
