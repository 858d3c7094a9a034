package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.config.Topics;
import io.walnutedge.plan.Topic;
import io.walnutedge.plan.Topic.Direction;
import io.walnutedge.plan.Topic.Kind;
import io.walnutedge.plan.TopicMap;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the broker's log says that a daemon publishes and subscribes to is the list of its topics, QoS and retain flag too. */
class TopicMapIT {
    private static final String REST = """
        commands.admin-topic = admin/t
        inputs {
          door { pin = PC10 }
          key { pin = 41, active-low = true, long-press = 1 s, retain = false }
          water { pin = 13, type = counter, every = 200 ms }
        }
        outputs { lamp { pin = 11, controller { topic = "ctl/+" } }, pump { pin = 15, retain = false } }
        """;
    private static final String MQTT = "mqtt { discovery = device, homie = on, health-every = 1 s }\n";
    /** As mosquitto 2.0 logs it; the publications are those of the daemon's connections alone. */
    private static final Pattern PUBLISHED =
            Pattern.compile("Received PUBLISH from walnut-edge-t\\S* \\(d\\d, q(\\d), r(\\d), m\\d+, '([^']*)'");

    private static final Pattern SUBSCRIBED = Pattern.compile("\\n(?:\\d+: )?\\s+(\\S+) \\(QoS (\\d)\\)");

    /** Dimmed outputs are not simulated; nothing is lost, and no sensor has an availability for each quantity. */
    private static final Set<Kind> NOT_TRIGGERED = Set.of(Kind.LEVEL, Kind.GAP, Kind.QUANTITY_STATUS);

    @RegisterExtension
    private final Rig rig = new Rig("ctl/none", "log_type all");

    private String log() throws IOException {
        return Files.readString(rig.directory().resolve("mosquitto.log"));
    }

    private List<MatchResult> found(Pattern pattern) throws IOException {
        return pattern.matcher(log()).results().toList();
    }

    private String config() throws IOException {
        return MQTT
                + rig.sensor("room", "21.5", "")
                + rig.sensor("hall", "1", ", qos = 0, retain = true")
                + rig.sensor("one", "2", ", topic = shared, template = \"{sensor} {value}\"")
                + rig.sensor("two", "3", ", topic = shared, template = \"{sensor} {value}\"")
                + REST;
    }

    private static boolean covers(Topic topic, MatchResult message) {
        return Topics.overlap(topic.name(), message.group(3));
    }

    @Test
    void everyMessage_standsInTheMap_andEveryTopicOfTheMapIsUsed() throws Exception {
        var map = rig.plan(config()).topics();
        rig.start(config());
        await().until(() -> log().contains("'walnutpi/t/status', "));
        rig.send("walnutpi/t/command", "lamp ON");
        rig.board().drive(rig.pin("41"), false);
        await().untilAsserted(() -> {
            rig.housekeeping();
            assertThat(unused(map)).isEmpty();
        });
        rig.stop();
        assertThat(found(PUBLISHED)).anyMatch(message -> message.group().contains("q0, r1"));

        for (var message : found(PUBLISHED)) {
            assertThat(map.all())
                    .as(message.group())
                    .anyMatch(topic -> topic.direction() == Direction.PUBLISH
                            && covers(topic, message)
                            && isFlagged(topic, message));
        }
        assertThat(found(SUBSCRIBED).stream()
                        .map(match -> match.group(1) + " " + match.group(2))
                        // those of the test's own client
                        .filter(line -> !line.matches("(ctl/none|subscriber/).*")))
                .allMatch(line -> map.all().stream()
                        .anyMatch(topic -> topic.direction() == Direction.SUBSCRIBE
                                && Topics.overlap(topic.name(), line.substring(0, line.indexOf(' ')))
                                && line.endsWith(" " + topic.qos())));
    }

    private static boolean isFlagged(Topic topic, MatchResult message) {
        var qos = Integer.parseInt(message.group(1));
        var retained = message.group(2).equals("1");
        return switch (topic.kind()) {
            // what waited for the broker is not retained
            case READING, TEMPLATE_READING -> qos == topic.qos() && (!retained || topic.retained());
            // what happens to a key is neither acknowledged nor retained
            case HOMIE -> message.group(3).endsWith("/event") ? qos == 0 && !retained : qos == topic.qos() && retained;
            default -> qos == topic.qos() && retained == topic.retained();
        };
    }

    /** Names in the map that nothing has been published to, or that the broker has not been asked for. */
    private Set<String> unused(TopicMap map) throws IOException {
        var published = found(PUBLISHED);
        var subscribed = found(SUBSCRIBED).stream().map(match -> match.group(1)).collect(Collectors.toSet());
        return map.all().stream()
                .filter(topic -> !NOT_TRIGGERED.contains(topic.kind()))
                // the other form of discovery
                .filter(topic -> topic.kind() != Kind.DISCOVERY || !topic.name().endsWith("/+/config"))
                .filter(topic -> topic.direction() == Direction.PUBLISH
                        ? published.stream().noneMatch(message -> covers(topic, message))
                        : subscribed.stream().noneMatch(filter -> Topics.overlap(topic.name(), filter)))
                .map(Topic::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
