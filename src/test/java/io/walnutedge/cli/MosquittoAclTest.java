package io.walnutedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.discovery.Descriptions;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.sensor.Drivers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MosquittoAclTest {
    @TempDir
    Path directory;

    private Plan plan(String hocon) throws Exception {
        var file = Files.writeString(directory.resolve("a.conf"), "device.id = t\n" + hocon);
        return new PlanReader(Drivers.installed(), (device, pin) -> pin).read(file);
    }

    @Test
    void discovery_mayWriteItsOwnEntities_andHearHomeAssistant() throws Exception {
        var plan = plan("mqtt { discovery = component, discovery-prefix = ha }\noutputs { lamp { pin = 11 } }");
        var uid = Descriptions.of(plan, "").device().uid();
        assertThat(MosquittoAcl.of(plan))
                .contains(
                        "topic write ha/+/" + uid + "/config",
                        "topic write ha/+/" + uid + "/+/config",
                        "topic read homeassistant/status",
                        "topic write walnutpi/t/status/health",
                        "topic write walnutpi/t/status/config")
                .noneMatch(line -> line.endsWith("#") && line.startsWith("topic"));
    }

    /** As a real one was seen to read them: everything but a blank at an end. */
    @Test
    void topicsAndUsers_thatTheFileCannotName_areSaid() throws Exception {
        var lines = MosquittoAcl.of(
                plan("mqtt { user = \" 小明\", status-topic = \"a \", command-topic = \" b\", result-topic = \"结"
                        + " 果：\u3000\" }"));
        assertThat(lines)
                .contains("topic write 结 果：\u3000", "topic write a /health")
                .anyMatch(line -> line.startsWith("# left out") && line.endsWith("user ' 小明'"))
                .anyMatch(line -> line.startsWith("# left out") && line.endsWith("topic write 'a '"))
                .anyMatch(line -> line.startsWith("# left out") && line.endsWith("topic read ' b'"))
                .noneMatch(line -> line.matches("#?(user|topic \\w+) ( .*|.* )"));
    }

    @Test
    void adminTopic_isReadByTheBoard_andWrittenByItsAdministratorAlone() throws Exception {
        var lines = MosquittoAcl.of(plan("commands.admin-topic = admin/t"));
        assertThat(lines).containsOnlyOnce("topic read admin/t");
        assertThat(lines.subList(lines.indexOf("#user operator"), lines.indexOf("#user administrator")))
                .contains("#topic write walnutpi/t/command")
                .noneMatch(line -> line.contains("admin/t"));
        assertThat(lines.subList(lines.indexOf("#user administrator"), lines.size()))
                .containsExactly(
                        "#user administrator", "#topic read walnutpi/t/command/result", "#topic write admin/t");
        assertThat(MosquittoAcl.of(plan(""))).noneMatch(line -> line.contains("admin"));
    }

    @Test
    void withoutDiscovery_nothingOfIt() throws Exception {
        assertThat(MosquittoAcl.of(plan(""))).noneMatch(line -> line.contains("homeassistant"));
    }
}
