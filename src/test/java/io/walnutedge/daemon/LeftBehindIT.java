package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.outbox.StoredItems;
import io.walnutedge.testkit.Subscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a change of the configuration leaves behind: a backlog that nobody knows any more, and a line that is stuck. */
class LeftBehindIT {
    private static final String BASE = "walnutpi/t/status/";

    @RegisterExtension
    private final Rig rig = new Rig("walnutpi/#");

    private String sensor(String id) throws IOException {
        return "mqtt.health-every = 1 s\n" + rig.sensor(id, "1", "");
    }

    @Test
    void backlogOfASensorThatLeft_isAGap_andACount() throws Exception {
        rig.broker().stop();
        rig.start(sensor("shed"));
        var outbox = rig.directory().resolve("outbox");
        await().until(() -> Files.isDirectory(outbox) && StoredItems.in(outbox).items() > 20);
        rig.stop();
        rig.broker().start();
        try (var seen = Subscriber.start(rig.broker(), "walnutpi/#")) {
            rig.start(sensor("room"));
            await().pollInterval(Duration.ofSeconds(1)).until(() -> {
                rig.housekeeping();
                return seen.last(BASE + "gap").contains("not-configured")
                        && seen.last(BASE + "health").matches(".*\"unpublishable\":[1-9].*");
            });
            assertThat(seen.last(BASE + "gap"))
                    .contains("\"sensor\":\"shed\"")
                    .containsPattern("\"dropped\":[2-9][0-9]");
            assertThat(seen.messages(BASE + "gap")).hasSize(1);
            assertThat(seen.messages("walnutpi/t/shed/value")).isEmpty();
        }
    }

    /** It is told once the line is free, for then it is true. */
    @Test
    void reloadWhoseStepTimedOut_isNotOk() throws Exception {
        var lines = new StuckLines(rig.board().hardware(), rig.pin("13"));
        rig.start(sensor("room"), lines);
        await().until(() -> rig.seen().last(BASE + "config").contains("\"ok\""));
        rig.reload(sensor("room") + "outputs { pump { pin = 13 } }");
        await().until(() -> rig.seen().last(BASE + "config").contains("\"error\""));
        assertThat(rig.seen().last(BASE + "config"))
                .contains("a line is stuck", "\"added\":[\"pump\"]")
                .doesNotContain("\"ok\"");
        lines.free();
        await().until(() -> rig.seen().last(BASE + "config").contains("\"ok\""));
        assertThat(rig.seen().last(BASE + "config")).contains("\"added\":[\"pump\"]");
        await().until(() -> rig.seen().last("walnutpi/t/pump").equals("OFF"));
    }
}
