package io.walnutedge.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.DiscoveryConfig.Form;
import io.walnutedge.config.Topics;
import io.walnutedge.discovery.homie.HomieDevice;
import io.walnutedge.json.JsonReader;
import io.walnutedge.mqtt.LinkSettings;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.Topic;
import io.walnutedge.plan.Topic.Direction;
import io.walnutedge.plan.Topic.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tells others of topics names those of the list, for each configuration that is shipped. */
class TopicMapTest {
    private static final Path EXAMPLES = Path.of("config/examples");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    static Stream<Path> examples() throws Exception {
        try (var files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList().stream();
        }
    }

    private Plan plan(Path example) throws Exception {
        Files.createDirectories(directory.resolve("chips"));
        try (var chips = Files.list(Path.of("config/chips"))) {
            for (var chip : chips.toList()) {
                Files.copy(chip, directory.resolve("chips").resolve(chip.getFileName()));
            }
        }
        var all = Files.readString(example)
                .replaceAll("(?m)^\\s*(discovery|homie|ca-file|certificate-file|key-file) *=.*$", "")
                .replaceAll("(?m)^mqtt\\s*\\{", "mqtt { discovery = device, homie = true\n");
        return Plans.read(
                directory, all.contains("mqtt {") ? all : all + "\nmqtt { discovery = device, homie = true }");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void nothingIsToldOfATopicThatIsNotInTheMap(Path example) throws Exception {
        var plan = plan(example);
        var description = Descriptions.of(plan, "1");
        var discovery = plan.mqtt().discovery();
        for (var form : List.of(Form.DEVICE, Form.COMPONENT)) {
            for (var message : new HomeAssistant(description, discovery.as(form)).announcements(Map.of())) {
                assertThat(plan.topics().all())
                        .as(message.topic())
                        .anyMatch(topic ->
                                topic.kind() == Kind.DISCOVERY && Topics.overlap(topic.name(), message.topic()));
                assertNamed(plan, message.payload());
            }
        }
        assertNamed(plan, DescriptionJson.of(description));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void homieAndTheWill_areInTheMap(Path example) throws Exception {
        var plan = plan(example);
        var map = plan.topics();
        var device = HomieDevice.of(Descriptions.of(plan, "1"), plan.mqtt().homie());
        var topics = new HashSet<>(
                device.topics().ofDescription(device.description(1)).keySet());
        topics.addAll(List.of(device.topics().state(), device.topics().description()));
        assertThat(topics).allMatch(name -> Topics.overlap(map.of(Kind.HOMIE).name(), name));
        assertThat(device.commands())
                .allMatch(role -> Topics.overlap(map.of(Kind.HOMIE_SET).name(), role.topic()));
        var presence = LinkSettings.of(plan.mqtt(), 1).presence().orElseThrow();
        assertThat(map.of(Kind.STATUS))
                .isEqualTo(new Topic(presence.topic(), Kind.STATUS, Optional.empty(), "", 1, true));
    }

    /** Only readings with a template share topics. */
    @ParameterizedTest
    @MethodSource("examples")
    void noTopicStandsTwice(Path example) throws Exception {
        assertThat(plan(example).topics().all().stream()
                        .filter(topic -> topic.kind() != Kind.TEMPLATE_READING && topic.kind() != Kind.CONTROLLER)
                        .map(Topic::name))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(15);
    }

    private static void assertNamed(Plan plan, String json) throws Exception {
        var names = new HashSet<>(plan.topics().names(Direction.PUBLISH));
        names.addAll(plan.topics().names(Direction.SUBSCRIBE));
        var told = new ArrayList<String>();
        collect(JsonReader.object(json, 8), "", told);
        assertThat(names).containsAll(told);
    }

    /** Values of keys that hold topics. */
    private static void collect(@Nullable Object value, String key, List<String> topics) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> collect(member, String.valueOf(name), topics));
        } else if (value instanceof Collection<?> list) {
            list.forEach(member -> collect(member, key, topics));
        } else if (value instanceof String text
                && (key.equals("topic")
                        || key.endsWith("_topic")
                        || List.of("set", "level", "command", "status").contains(key))
                && text.contains("/")) {
            topics.add(text);
        }
    }
}
