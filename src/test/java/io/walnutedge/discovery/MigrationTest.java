package io.walnutedge.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.DiscoveryConfig;
import io.walnutedge.config.DiscoveryConfig.Form;
import io.walnutedge.state.StateStore;
import io.walnutedge.testkit.CapturedLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From one form to the other, with a model of Home Assistant's core: what its user has set stays, whatever happens meanwhile. */
class MigrationTest {
    private static final String PREFIX = "homeassistant";
    private static final String LAMP = "lamp { pin = 11 }";
    private static final String PUMP = "pump { pin = 13 }";
    private static final String GATE = "gate { pin = 16 }";
    private static final int LONG = 120;
    /** Longer than all steps but the last. */
    private static final int STEPS = 20;

    /** What happens in the middle. */
    enum Trouble {
        NONE,
        /** An orderly stop and a start. */
        RESTART,
        /** A stop that saves nothing of this run. */
        KILL,
        OUTAGE,
        CORE_RESTART,
        /** The first output leaves in a reload. */
        RELOAD
    }

    @TempDir
    Path directory;

    @RegisterExtension
    private final CapturedLog log = new CapturedLog(DiscoveryPublisher.class);

    private final Map<String, Description> descriptions = new HashMap<>();
    private Map<String, String> state = new TreeMap<>();
    private final CoreModel core = new CoreModel(PREFIX);
    private final FakeBroker broker = new FakeBroker();
    private final List<String> savedAtOnce = new ArrayList<>();
    private final List<Description> repeated = new ArrayList<>();
    private long seconds;
    private DiscoveryPublisher discovery = discovery(new DiscoveryConfig(Form.OFF, PREFIX, PREFIX + "/status"));

    /** A broker, and what the link keeps for it. */
    private final class FakeBroker implements DiscoveryPublisher.Broker {
        final Map<String, String> kept = new TreeMap<>();
        final List<String> sent = new ArrayList<>();
        /** Longest payloads that it takes. */
        final Map<String, Integer> limits = new HashMap<>();

        final Map<String, Integer> refused = new HashMap<>();
        private final Set<String> waiting = new HashSet<>();
        private final Map<String, String> latest = new LinkedHashMap<>();
        private final Set<String> once = new HashSet<>();
        private boolean connected = true;

        @Override
        public void keep(String topic, byte[] payload) {
            once.remove(topic);
            put(topic, payload);
        }

        @Override
        public void once(String topic, byte[] payload) {
            once.add(topic);
            put(topic, payload);
        }

        private void put(String topic, byte[] payload) {
            latest.put(topic, new String(payload, StandardCharsets.UTF_8));
            if (connected) {
                send(topic);
            }
        }

        private void send(String topic) {
            var payload = latest.getOrDefault(topic, "");
            var limit = limits.getOrDefault(topic, Integer.MAX_VALUE);
            if (payload.length() > limit) {
                refused.put(topic, topic.length() + payload.length());
                waiting.add(topic);
                return;
            }
            waiting.remove(topic);
            sent.add(topic + "=" + payload);
            if (payload.isEmpty()) {
                kept.remove(topic);
            } else {
                kept.put(topic, payload);
            }
            core.receive(topic, payload);
            if (once.remove(topic)) {
                latest.remove(topic);
            }
        }

        void connect(boolean now) {
            connected = now;
            if (now) {
                List.copyOf(latest.keySet()).forEach(this::send);
            }
        }

        @Override
        public boolean has(Collection<String> topics) {
            return connected && topics.stream().noneMatch(waiting::contains);
        }

        @Override
        public Map<String, Integer> refused() {
            return refused;
        }
    }

    private DiscoveryPublisher discovery(DiscoveryConfig config) {
        return new DiscoveryPublisher(
                config,
                "tcp://b",
                broker,
                mapStore(),
                repeated::add,
                new Random(1),
                () -> Duration.ofSeconds(seconds).toNanos());
    }

    private Description description(String outputs) {
        return descriptions.computeIfAbsent(outputs, text -> {
            try {
                return Descriptions.of(Plans.read(directory, "device.id = t\noutputs { " + text + " }"), "1.2.3");
            } catch (Exception unexpected) {
                throw new AssertionError(unexpected);
            }
        });
    }

    private void start(Form form, String outputs) {
        start(new DiscoveryConfig(form, PREFIX, PREFIX + "/status"), outputs);
    }

    /** Another run of the daemon. */
    private void start(DiscoveryConfig config, String outputs) {
        broker.latest.clear();
        broker.once.clear();
        broker.waiting.clear();
        discovery = discovery(config);
        discovery.start(description(outputs));
    }

    private void pass(int time) {
        for (var end = seconds + time; seconds < end; seconds++) {
            discovery.look();
            core.tick();
        }
    }

    private static Set<String> ids(Description description) {
        var uid = description.device().uid();
        return new HomeAssistant(description, new DiscoveryConfig(Form.DEVICE, PREFIX, "x"))
                .announcements(Map.of()).get(0).components().keySet().stream()
                        .map(object -> uid + "_" + object)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> topics(Form form, String outputs) {
        return new HomeAssistant(description(outputs), new DiscoveryConfig(form, PREFIX, "x"))
                .announcements(Map.of()).stream().map(Announcement::topic).toList();
    }

    static Stream<Arguments> ways() {
        return Stream.of(Form.DEVICE, Form.COMPONENT)
                .flatMap(from -> Stream.of(
                                LAMP + ", " + PUMP, LAMP + ", " + GATE, LAMP, LAMP + ", " + PUMP + ", " + GATE)
                        .flatMap(
                                then -> Stream.of(Trouble.values()).map(trouble -> Arguments.of(from, then, trouble))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void otherForm_keepsWhatTheUserHasSet(Form from, String then, Trouble trouble) {
        for (var when = 0; when < (trouble == Trouble.NONE ? 1 : STEPS); when++) {
            state = new TreeMap<>();
            broker.kept.clear();
            core.registry.clear();
            core.restart(Map.of());
            start(from, LAMP + ", " + PUMP);
            pass(LONG);
            assertThat(core.registry.keySet()).isEqualTo(ids(description(LAMP + ", " + PUMP)));
            core.registry.replaceAll((id, name) -> "mine");
            core.conflicts.clear();

            var to = from == Form.DEVICE ? Form.COMPONENT : Form.DEVICE;
            var saved = new TreeMap<>(state);
            start(to, then);
            pass(when);
            var last = happen(trouble, to, then, saved);
            pass(LONG);
            assertIsAsWanted(to, last, trouble, when);
        }
    }

    /** Returns what there is in the end. */
    private String happen(Trouble trouble, Form to, String then, Map<String, String> saved) {
        switch (trouble) {
            case NONE -> {}
            case RESTART -> start(to, then);
            case KILL -> {
                state = new TreeMap<>(saved);
                start(to, then);
            }
            case OUTAGE -> {
                broker.connect(false);
                pass(30);
                broker.connect(true);
            }
            case CORE_RESTART -> core.restart(broker.kept);
            case RELOAD -> {
                var rest = then.replace(LAMP + ", ", "");
                discovery.change(description(rest));
                return rest;
            }
        }
        return then;
    }

    private void assertIsAsWanted(Form to, String last, Trouble trouble, int when) {
        var wanted = ids(description(last));
        assertThat(core.loaded()).as("%s after %s s: works", trouble, when).isEqualTo(wanted);
        assertThat(broker.kept.keySet())
                .as("%s after %s s: at the broker", trouble, when)
                .containsExactlyInAnyOrderElementsOf(topics(to, last));
        var before = ids(description(LAMP + ", " + PUMP));
        var stays = new TreeSet<>(wanted);
        stays.retainAll(before);
        assertThat(stays)
                .as("%s after %s s: keeps its name", trouble, when)
                .allSatisfy(id -> assertThat(core.registry.get(id)).as(id).isEqualTo("mine"));
        // what was let go of, or left while it was down, stays there
        if (trouble != Trouble.RELOAD && trouble != Trouble.CORE_RESTART) {
            assertThat(core.registry.keySet())
                    .as("%s after %s s: what left is forgotten", trouble, when)
                    .isEqualTo(wanted);
        }
        assertThat(broker.kept.values()).noneMatch(payload -> payload.contains("migrate_discovery"));
        if (trouble == Trouble.NONE) {
            assertThat(core.conflicts)
                    .as("one for each entity, with the emptied topic")
                    .hasSizeBetween(stays.size(), wanted.size());
        }
        if (trouble != Trouble.KILL && trouble != Trouble.NONE) {
            assertThat(core.conflicts.size())
                    .isLessThanOrEqualTo(2
                            * ids(description(LAMP + ", " + PUMP + ", " + GATE)).size());
        }
    }

    /** First that, then the new ones, then the empty ones, each when Home Assistant has taken the one before. */
    @Test
    void steps_areInTheDocumentedOrder() {
        start(Form.COMPONENT, LAMP);
        pass(LONG);
        broker.sent.clear();
        start(Form.DEVICE, LAMP);
        var old = topics(Form.COMPONENT, LAMP);
        var fresh = topics(Form.DEVICE, LAMP).get(0);
        assertThat(broker.sent)
                .containsExactlyInAnyOrderElementsOf(old.stream()
                        .map(topic -> topic + "={\"migrate_discovery\":true}")
                        .toList());
        broker.sent.clear();
        pass(5);
        assertThat(broker.sent).isEmpty();
        pass(1);
        assertThat(broker.sent).singleElement().asString().startsWith(fresh + "={\"dev\"");
        broker.sent.clear();
        pass(6);
        assertThat(broker.sent)
                .containsExactlyInAnyOrderElementsOf(
                        old.stream().map(topic -> topic + "=").toList());
        assertThat(repeated).as("they were loaded anew and know no value").hasSize(2);
    }

    /** What was emptied is emptied once: not with the next connection, and not by the next run. */
    @Test
    void whatWasEmptied_isNotEmptiedAgain() {
        start(Form.COMPONENT, LAMP + ", " + PUMP);
        pass(LONG);
        start(Form.DEVICE, LAMP);
        pass(LONG);
        broker.sent.clear();
        broker.connect(false);
        broker.connect(true);
        start(Form.DEVICE, LAMP);
        pass(LONG);
        assertThat(broker.sent).noneMatch(line -> line.endsWith("=")).noneMatch(line -> line.contains("migrate"));
    }

    /** That it was emptied is only known once the broker has said so. */
    @Test
    void whatCouldNotBeEmptied_isEmptiedByTheNextRun() {
        start(Form.COMPONENT, LAMP + ", " + PUMP);
        pass(LONG);
        broker.connect(false);
        start(Form.COMPONENT, LAMP);
        pass(LONG);
        start(Form.COMPONENT, LAMP);
        broker.connect(true);
        assertThat(broker.kept.keySet()).containsExactlyInAnyOrderElementsOf(topics(Form.COMPONENT, LAMP));
    }

    @Test
    void otherPrefix_keepsWhatTheUserHasSet_whenHomeAssistantFollows() {
        for (var form : List.of(Form.DEVICE, Form.COMPONENT)) {
            start(form, LAMP);
            pass(LONG);
            core.registry.replaceAll((id, name) -> "mine");
            start(new DiscoveryConfig(form, "ha", PREFIX + "/status"), LAMP);
            pass(LONG);
            assertThat(core.loaded()).isEmpty();
            assertThat(broker.kept.keySet()).allMatch(topic -> topic.startsWith("ha/"));
            assertThat(core.registry.values()).containsOnly("mine");
        }
    }

    @Test
    void switchedOff_removesAll() {
        start(Form.DEVICE, LAMP);
        pass(LONG);
        start(Form.OFF, LAMP);
        pass(LONG);
        assertThat(core.registry).isEmpty();
        assertThat(broker.kept).isEmpty();
    }

    /** A board that became another one shares no entity with the first. */
    @Test
    void topicOfAnotherBoard_isDroppedAtOnce() {
        var now = new HomeAssistant(description(LAMP), new DiscoveryConfig(Form.DEVICE, PREFIX, "x"));
        var told = Map.of(
                PREFIX + "/switch/other/lamp_switch/config",
                new PublishedDiscovery.Told(Map.of("lamp_switch", "switch"), PublishedDiscovery.Stage.TOLD),
                PREFIX + "/device/other/config",
                new PublishedDiscovery.Told(Map.of("lamp_switch", "switch"), PublishedDiscovery.Stage.TOLD));
        var uid = description(LAMP).device().uid();
        var migration = Migration.between(told, now.announcements(Map.of()), uid);
        assertThat(migration.dropped()).hasSize(2);
        assertThat(migration.left()).isEmpty();
    }

    private String device() {
        return topics(Form.DEVICE, LAMP).get(0);
    }

    @Test
    void messageOfTheBoard_thatTheBrokerDoesNotTake_isOneForEachEntity_alsoAfterARestart() {
        broker.limits.put(device(), 500);
        start(Form.DEVICE, LAMP);
        pass(LONG);
        assertThat(core.loaded()).isEqualTo(ids(description(LAMP)));
        assertThat(broker.kept.keySet()).containsExactlyInAnyOrderElementsOf(topics(Form.COMPONENT, LAMP));
        assertThat(discovery.refused().orElseThrow()).isGreaterThan(500);
        assertThat(log.list()).anyMatch(event -> event.getFormattedMessage().contains("one for each entity instead"));

        assertThat(savedAtOnce).containsExactly("discovery-refused");

        broker.refused.clear();
        broker.sent.clear();
        start(Form.DEVICE, LAMP);
        pass(LONG);
        assertThat(broker.refused).as("not even tried").isEmpty();
        assertThat(broker.sent).noneMatch(line -> line.startsWith(device()));
        assertThat(discovery.refused()).isPresent();
    }

    /** One entity's message that the broker does not take keeps no other from its way. */
    @Test
    void messageOfOneEntity_thatTheBrokerDoesNotTake_delaysNoOther() {
        start(Form.DEVICE, LAMP + ", " + PUMP);
        pass(LONG);
        core.registry.replaceAll((id, name) -> "mine");
        var lamp = topics(Form.COMPONENT, LAMP).get(0);
        broker.limits.put(lamp, 100);
        start(Form.COMPONENT, LAMP + ", " + PUMP);
        pass(LONG);
        var rest = new TreeSet<>(topics(Form.COMPONENT, LAMP + ", " + PUMP));
        rest.remove(lamp);
        assertThat(broker.kept.keySet()).isEqualTo(rest);
        assertThat(core.registry.values())
                .as("also of the one that is not there")
                .containsOnly("mine");
    }

    /** A first run that never reached the broker has told nobody. */
    @Test
    void whatWasNeverDelivered_isNewToTheNextRun() {
        broker.connect(false);
        start(Form.DEVICE, LAMP);
        pass(LONG);
        discovery.change(description(LAMP));
        pass(LONG);
        assertThat(repeated).isEmpty();
        start(Form.DEVICE, LAMP);
        broker.connect(true);
        pass(LONG);
        assertThat(repeated).hasSize(1);
        start(Form.DEVICE, LAMP);
        pass(LONG);
        assertThat(repeated)
                .as("Home Assistant has heard the first values of this run")
                .hasSize(1);
    }

    @Test
    void boardThatGrewTooLarge_keepsWhatTheUserHasSet() {
        start(Form.DEVICE, LAMP);
        pass(LONG);
        core.registry.replaceAll((id, name) -> "mine");
        broker.limits.put(device(), broker.kept.getOrDefault(device(), "").length());
        discovery.change(description(LAMP + ", " + PUMP));
        pass(LONG);
        assertThat(broker.kept.keySet())
                .containsExactlyInAnyOrderElementsOf(topics(Form.COMPONENT, LAMP + ", " + PUMP));
        assertThat(core.loaded()).isEqualTo(ids(description(LAMP + ", " + PUMP)));
        assertThat(ids(description(LAMP)))
                .allSatisfy(id -> assertThat(core.registry).containsEntry(id, "mine"));
    }

    /** Until the broker, the form or the prefix is another, or the message smaller. */
    @Test
    void refusal_isForgotten_withAnotherBrokerFormOrPrefix_orASmallerMessage() {
        var config = new DiscoveryConfig(Form.DEVICE, PREFIX, "x");
        for (var other : List.of(
                new ChosenForm(config, "tcp://c", store()),
                new ChosenForm(config.as(Form.COMPONENT), "tcp://b", store()),
                new ChosenForm(new DiscoveryConfig(Form.DEVICE, "ha", "x"), "tcp://b", store()))) {
            other.load(5_000);
            assertThat(other.refused()).isEmpty();
            assertThat(state.get("discovery-refused")).isEmpty();
        }
        var smaller = new ChosenForm(config, "tcp://b", store());
        smaller.load(4_999);
        assertThat(smaller.refused()).isEmpty();
        for (var same : List.of(5_000, 6_000)) {
            var kept = new ChosenForm(config, "tcp://b", store());
            kept.load(same);
            assertThat(kept.refused()).hasValue(5_000);
            assertThat(kept.config().form()).isEqualTo(Form.COMPONENT);
        }
    }

    @Test
    void refusal_thatCannotBeRead_isForgotten() {
        for (var text : List.of("", "x", "\t", "-1\thomeassistant\ttcp://b", "99999999999\thomeassistant\ttcp://b")) {
            state.put("discovery-refused", text);
            var form = new ChosenForm(new DiscoveryConfig(Form.DEVICE, PREFIX, "x"), "tcp://b", mapStore());
            form.load(5_000);
            assertThat(form.refused()).as(text).isEmpty();
        }
    }

    /** With a refusal of 5,000 bytes. */
    private StateStore store() {
        state.put("discovery-refused", "5000\t" + PREFIX + "\ttcp://b");
        return mapStore();
    }

    private StateStore mapStore() {
        var values = state;
        return new StateStore() {
            @Override
            public Optional<String> get(String key) {
                return Optional.ofNullable(values.get(key));
            }

            @Override
            public void put(String key, String value) {
                values.put(key, value);
            }

            @Override
            public void putNow(String key, String value, Consumer<String> written) {
                put(key, value);
                savedAtOnce.add(key);
                written.accept("");
            }
        };
    }
}
