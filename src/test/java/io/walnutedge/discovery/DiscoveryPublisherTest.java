package io.walnutedge.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.DiscoveryConfig;
import io.walnutedge.config.DiscoveryConfig.Form;
import io.walnutedge.state.StateFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryPublisherTest {
    private static final String LAMP = "outputs { lamp { pin = 11 } }\n";
    private static final String BOTH = "outputs { lamp { pin = 11 }, pump { pin = 13 } }\n";
    private static final String PUMP = "outputs { pump { pin = 13 } }\n";
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @TempDir
    Path directory;

    /** What the broker keeps, and what was sent in which order. */
    private final Map<String, String> kept = new LinkedHashMap<>();

    private long now;
    private boolean delivers;
    private final List<Description> repeated = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();

    private Description description(String hocon) throws Exception {
        return Descriptions.of(Plans.read(directory, "device.id = t\n" + hocon), "1.2.3");
    }

    private DiscoveryPublisher discovery(Form form, StateFile state) {
        return new DiscoveryPublisher(
                new DiscoveryConfig(form, "homeassistant", "homeassistant/status"),
                "tcp://b",
                broker,
                state,
                repeated::add,
                new Random(1),
                () -> now);
    }

    private final DiscoveryPublisher.Broker broker = new DiscoveryPublisher.Broker() {
        @Override
        public void keep(String topic, byte[] payload) {
            DiscoveryPublisherTest.this.put(topic, payload);
        }

        @Override
        public void once(String topic, byte[] payload) {
            DiscoveryPublisherTest.this.put(topic, payload);
        }

        @Override
        public boolean has(Collection<String> topics) {
            return delivers;
        }

        @Override
        public Map<String, Integer> refused() {
            return Map.of();
        }
    };

    private void look(DiscoveryPublisher discovery, boolean delivered, long seconds) {
        delivers = delivered;
        now = seconds * SECOND;
        discovery.look();
    }

    private void put(String topic, byte[] payload) {
        sent.add(topic);
        var text = new String(payload, StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            kept.remove(topic);
        } else {
            kept.put(topic, text);
        }
    }

    private StateFile state() {
        var state = new StateFile(directory.resolve("state"));
        state.start();
        return state;
    }

    /** A run of the daemon. */
    private DiscoveryPublisher run(Form form, String hocon) throws Exception {
        try (var state = state()) {
            var discovery = discovery(form, state);
            discovery.start(description(hocon));
            return discovery;
        }
    }

    private String device() {
        return kept.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("homeassistant/device/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    @Test
    void whatLeft_whileItWasStopped_isForgotten() throws Exception {
        run(Form.COMPONENT, BOTH);
        assertThat(kept.keySet()).anyMatch(topic -> topic.contains("/pump_switch/"));
        run(Form.COMPONENT, LAMP);
        assertThat(kept.keySet())
                .anyMatch(topic -> topic.contains("/lamp_switch/"))
                .noneMatch(topic -> topic.contains("/pump_switch/"));
    }

    @Test
    void whatLeft_ofTheDevice_isToldByItsPlatform_untilItIsForgotten() throws Exception {
        run(Form.DEVICE, BOTH);
        try (var state = state()) {
            var discovery = discovery(Form.DEVICE, state);
            discovery.start(description(LAMP));
            assertThat(device()).contains("\"pump_switch\":{\"p\":\"switch\"}", "\"lamp_switch\":{");
            look(discovery, true, 0);
            look(discovery, true, 30);
            assertThat(device()).as("the broker may not have it yet").contains("pump_switch");
            look(discovery, false, 31);
            look(discovery, true, 50);
            look(discovery, true, 60);
            assertThat(device()).contains("pump_switch");
            sent.clear();
            look(discovery, true, 91);
            assertThat(device()).as("told once more").contains("pump_switch");
            assertThat(sent).hasSize(1);
            look(discovery, true, 92);
            look(discovery, true, 97);
            assertThat(device()).doesNotContain("pump_switch").contains("lamp_switch");
        }
        run(Form.DEVICE, LAMP);
        assertThat(device()).doesNotContain("pump_switch");
    }

    @Test
    void notForgottenYet_isForgottenByTheNextRun() throws Exception {
        run(Form.DEVICE, BOTH);
        run(Form.DEVICE, LAMP);
        run(Form.DEVICE, LAMP);
        assertThat(device()).contains("\"pump_switch\":{\"p\":\"switch\"}");
    }

    @Test
    void switchedOff_isForgotten() throws Exception {
        run(Form.COMPONENT, BOTH);
        run(Form.OFF, BOTH);
        assertThat(kept).isEmpty();
    }

    @Test
    void reload_tellsWhatChanged_andNothingIfNothingDid() throws Exception {
        try (var state = state()) {
            var discovery = discovery(Form.DEVICE, state);
            discovery.start(description(LAMP));
            sent.clear();
            discovery.change(description(LAMP));
            assertThat(sent).isEmpty();
            discovery.change(description(BOTH));
            assertThat(sent).hasSize(1);
            assertThat(device()).contains("pump_switch");
            discovery.change(description(PUMP));
            assertThat(device()).contains("\"lamp_switch\":{\"p\":\"switch\"}");
        }
    }

    /** A new entity has no value until one is published while it is there. */
    @Test
    void whatIsNew_getsItsValueOnceMore_whenItIsThere() throws Exception {
        try (var state = state()) {
            var discovery = discovery(Form.DEVICE, state);
            discovery.start(description(LAMP));
            look(discovery, true, 0);
            look(discovery, true, 4);
            assertThat(repeated).isEmpty();
            look(discovery, true, 5);
            assertThat(repeated).hasSize(1);
            discovery.change(description(LAMP));
            look(discovery, true, 10);
            look(discovery, true, 20);
            assertThat(repeated).hasSize(1);
            discovery.change(description(BOTH));
            look(discovery, true, 30);
            look(discovery, true, 40);
            assertThat(repeated).hasSize(2);
        }
        try (var state = state()) {
            var discovery = discovery(Form.DEVICE, state);
            discovery.start(description(BOTH));
            look(discovery, true, 50);
            look(discovery, true, 60);
            assertThat(repeated).as("known since the last run").hasSize(2);
        }
    }

    @Test
    void startOfHomeAssistant_isAnswered_onceAndLater() throws Exception {
        try (var state = state()) {
            var discovery = discovery(Form.DEVICE, state);
            discovery.start(description(LAMP));
            sent.clear();
            var tasks = new ArrayList<Runnable>();
            var pauses = new ArrayList<Duration>();
            for (var payload : List.of("offline", "online", "online")) {
                discovery.heard(payload.getBytes(StandardCharsets.UTF_8), false, (pause, task) -> {
                    pauses.add(pause);
                    tasks.add(task);
                });
            }
            assertThat(sent).isEmpty();
            assertThat(pauses).hasSize(1);
            assertThat(pauses.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
            tasks.get(0).run();
            assertThat(sent).hasSize(1);
            assertThat(repeated).isEmpty();
            assertThat(pauses.get(1)).as("then it has its entities").isEqualTo(DiscoveryPublisher.TAKEN);
            tasks.get(1).run();
            assertThat(repeated).hasSize(1);
            discovery.heard("online".getBytes(StandardCharsets.UTF_8), true, (pause, task) -> tasks.add(task));
            assertThat(tasks).as("kept by the broker: of any age").hasSize(2);
            discovery.heard("online".getBytes(StandardCharsets.UTF_8), false, (pause, task) -> tasks.add(task));
            assertThat(tasks).hasSize(3);
        }
    }

    /** Whatever comes and however often: at most one answer a minute, and the last start is always answered. */
    @Test
    void starts_areAnsweredOnceAMinute_andASoonerOneWhenItIsOver() throws Exception {
        try (var state = state()) {
            var discovery = discovery(Form.DEVICE, state);
            discovery.start(description(LAMP));
            var random = new Random(7);
            var answers = new ArrayList<Long>();
            var due = new ArrayList<Map.Entry<Long, Runnable>>();
            var last = 0L;
            for (now = 0; now < 1000 * SECOND; now += SECOND / 4) {
                if (now < 600 * SECOND && random.nextInt(40) < 10) {
                    last = now;
                    discovery.heard(
                            "online".getBytes(StandardCharsets.UTF_8),
                            false,
                            (pause, task) -> due.add(Map.entry(now + pause.toNanos(), task)));
                }
                sent.clear();
                due.stream().filter(each -> each.getKey() <= now).toList().forEach(each -> {
                    due.remove(each);
                    each.getValue().run();
                });
                sent.forEach(topic -> answers.add(now));
            }
            assertThat(due).isEmpty();
            assertThat(answers).hasSizeBetween(9, 12);
            assertThat(answers.get(0)).isLessThan(20 * SECOND);
            for (var i = 1; i < answers.size(); i++) {
                assertThat(answers.get(i) - answers.get(i - 1)).isBetween(60 * SECOND, 75 * SECOND);
            }
            assertThat(answers.get(answers.size() - 1))
                    .as("the last is answered")
                    .isGreaterThan(last);
        }
    }
}
