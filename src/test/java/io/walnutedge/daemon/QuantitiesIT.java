package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Subscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A chip of two channels, one of which is switched off, broken, and taken out of the configuration, with a real broker. */
class QuantitiesIT {
    private static final String BASE = "walnutpi/t/chip/";
    private static final String SPEED = BASE + "speed1/status";
    private static final String HOMIE = "homie/5/t/$alert/chip";
    private static final String BOTH = "mqtt { discovery = device, homie = on }\n"
            + "sensors { chip { type = hwmon, chip = nct, channels = [temp1, fan1], every = 50 ms } }";

    @RegisterExtension
    private final Rig rig = new Rig("#");

    private Path chip;

    @BeforeEach
    void start() throws Exception {
        chip = Files.createDirectories(rig.board().roots().sys().resolve("class/hwmon/hwmon77"));
        write("name", "nct");
        write("temp1_input", "40000");
        write("fan1_input", "off");
        write("fan1_enable", "0");
        rig.start(BOTH);
    }

    private void write(String file, String text) throws IOException {
        var fresh = Files.writeString(rig.directory().resolve("fresh"), text + "\n");
        Files.move(fresh, chip.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void oneChannel_takesNoOther_andItsStatusSaysWhy() throws Exception {
        await().until(() -> rig.seen().last(SPEED).startsWith("none: "));
        assertThat(rig.seen().last(SPEED)).contains("switched off");
        await().until(() -> rig.seen().messages(BASE + "temperature1").size() > 3);
        assertThat(rig.seen().last(BASE + "temperature1/status")).isEqualTo("online");
        assertThat(rig.seen().messages(BASE + "status")).containsOnly("online");
        assertThat(rig.seen().last(BASE + "alert")).isEmpty();
        await().until(() -> rig.seen().last(HOMIE).contains("switched off"));
        await().until(() -> rig.seen().lines().stream()
                .anyMatch(line -> line.contains("homeassistant/device/") && line.contains(SPEED)));

        write("fan1_enable", "1");
        await().until(() -> rig.seen().last(BASE + "alert").contains("fan1_input"));
        assertThat(rig.seen().last(SPEED)).startsWith("none: ").contains("fan1_input");

        write("fan1_input", "1200");
        await().until(() -> rig.seen().last(SPEED).equals("online")
                && rig.seen().last(BASE + "alert").isEmpty()
                && rig.seen().last(HOMIE).isEmpty()
                && rig.seen().last(BASE + "speed1").equals("1200"));
        assertThat(rig.seen().messages(BASE + "status")).containsOnly("online");

        Files.delete(chip.resolve("temp1_input"));
        Files.delete(chip.resolve("fan1_input"));
        await().until(() -> rig.seen().last(BASE + "status").equals("offline"));
    }

    @Test
    void whatLeft_isEmptied_atAReload_andToldAgainAfterARestart() throws Exception {
        await().until(() -> rig.seen().last(SPEED).startsWith("none: "));
        rig.reload(BOTH.replace("channels = [temp1, fan1]", "channels = [temp1, fan1], speed1.enabled = false"));
        await().until(() -> rig.seen().last(SPEED).isEmpty());
        try (var later = Subscriber.start(rig.broker(), BASE + "#")) {
            await().until(() -> later.lines().stream().anyMatch(line -> line.contains("temperature1/status")));
            assertThat(later.lines()).noneMatch(line -> line.contains(SPEED));
        }
        rig.reload(BOTH);
        await().until(() -> rig.seen().last(SPEED).startsWith("none: "));
        write("fan1_input", "1200");
        await().until(() -> rig.seen().last(SPEED).equals("online"));
        rig.stop();
        write("fan1_input", "off");
        write("fan1_enable", "0");
        rig.start(BOTH);
        await().until(() -> rig.seen().last(SPEED).startsWith("none: "));
    }
}
