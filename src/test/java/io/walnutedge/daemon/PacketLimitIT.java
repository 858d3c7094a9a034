package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.cli.CleanupCommand;
import io.walnutedge.discovery.DiscoveryPublisher;
import io.walnutedge.json.JsonReader;
import io.walnutedge.testkit.CapturedLog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/** A broker that closes the connection for the description of the whole board gets one message for each entity. */
class PacketLimitIT {
    private static final String CONFIG = """
        mqtt.discovery = device
        mqtt.description = false
        mqtt.health-every = 1 s
        sensors { hello { type = text, text = "Hello", every = 1 s } }
        outputs { lamp { pin = 11 } }
        """;

    @RegisterExtension
    private final Rig rig = new Rig("#", "max_packet_size 2000");

    @RegisterExtension
    private final CapturedLog log = new CapturedLog(DiscoveryPublisher.class);

    @Test
    void entitiesAreTold_readingsArrive_andTheNextRunKnows() throws Exception {
        rig.start(CONFIG);
        awaitLamp("homeassistant/switch/", 1);
        assertThat(rig.seen().lines()).noneMatch(line -> line.contains("\"cmps\""));
        assertThat(rig.seen().messages("walnutpi/t/hello/text")).hasSizeGreaterThan(5);
        await().until(() -> {
            rig.housekeeping();
            return link().get("discovery-refused") instanceof Number bytes && bytes.intValue() > 2000;
        });
        assertThat(link().get("set-aside"))
                .asString()
                .contains("homeassistant/device/t", String.valueOf(link().get("discovery-refused")));
        assertThat(log.list()).anyMatch(event -> event.getFormattedMessage().contains("one for each entity"));
        assertThat(cleanup()).isEqualTo("nothing to remove");
        rig.stop();

        var before = rig.seen().lines().size();
        rig.start(CONFIG);
        awaitLamp("homeassistant/switch/", 2);
        await().until(() -> {
            rig.housekeeping();
            return rig.seen().lines().size() > before
                    && link().get("connections") instanceof Number number
                    && number.intValue() == 1;
        });
        assertThat(link()).containsKey("discovery-refused").doesNotContainKey("set-aside");
    }

    private String cleanup() {
        var said = new StringWriter();
        new CommandLine(new CleanupCommand())
                .setOut(new PrintWriter(said))
                .execute(
                        "--dry-run",
                        "-c",
                        rig.directory().resolve("application.conf").toString());
        return said.toString().strip();
    }

    private void awaitLamp(String start, int times) {
        await().until(() -> {
            rig.housekeeping();
            return rig.seen().lines().stream()
                            .filter(line -> line.contains(start) && line.contains("/lamp_switch/config {"))
                            .count()
                    == times;
        });
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> link() throws Exception {
        var health = rig.seen().last("walnutpi/t/status/health");
        var link = health.isEmpty() ? null : JsonReader.object(health, 5).get("link");
        return link == null ? Map.of() : (Map<String, Object>) link;
    }
}
