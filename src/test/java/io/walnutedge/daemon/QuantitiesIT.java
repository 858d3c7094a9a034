package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Subscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chip of two channels, one of which is switched off, broken, and taken out of the configuration, with a real broker. */
class QuantitiesIT {
    private static final String BASE = "walnutpi/t/chip/";
    private static final String SPEED = BASE + "speed1/status";
    private static final String HOMIE = "homie/5/t/$alert/chip";
    private static final String BOTH = "mqtt { discovery = device, homie = on }\n"
            + "sensors { chip { type = hwmon, chip = nct, channels = [temp1, fan1], every = 50 ms } }";

    @TempDir
    Path directory;

    private Rig rig;
    private Subscriber seen;
    private Path chip;

    @BeforeEach
    void start() throws Exception {
        rig = new Rig(directory);
        seen = Subscriber.start(rig.broker(), "#");
        chip = Files.createDirectories(rig.board().roots().sys().resolve("class/hwmon/hwmon77"));
        write("name", "nct");
        write("temp1_input", "40000");
        write("fan1_input", "off");
        write("fan1_enable", "0");
        rig.start(BOTH);
    }

    @AfterEach
    void stop() throws Exception {
        seen.close();
        rig.close();
    }

    private void write(String file, String text) throws IOException {
        var fresh = Files.writeString(directory.resolve("fresh"), text + "\n");
        Files.move(fresh, chip.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void oneChannel_takesNoOther_andItsStatusSaysWhy() throws Exception {
        await().until(() -> seen.last(SPEED).startsWith("none: "));
        assertThat(seen.last(SPEED)).contains("switched off");
        await().until(() -> seen.messages(BASE + "temperature1").size() > 3);
        assertThat(seen.last(BASE + "temperature1/status")).isEqualTo("online");
        assertThat(seen.messages(BASE + "status")).containsOnly("online");
        assertThat(seen.last(BASE + "alert")).isEmpty();
        await().until(() -> seen.last(HOMIE).contains("switched off"));
        await().until(() ->
                seen.lines().stream().anyMatch(line -> line.contains("homeassistant/device/") && line.contains(SPEED)));

        write("fan1_enable", "1");
        await().until(() -> seen.last(BASE + "alert").contains("fan1_input"));
        assertThat(seen.last(SPEED)).startsWith("none: ").contains("fan1_input");

        write("fan1_input", "1200");
        await().until(() -> seen.last(SPEED).equals("online")
                && seen.last(BASE + "alert").isEmpty()
                && seen.last(HOMIE).isEmpty()
                && seen.last(BASE + "speed1").equals("1200"));
        assertThat(seen.messages(BASE + "status")).containsOnly("online");

        Files.delete(chip.resolve("temp1_input"));
        Files.delete(chip.resolve("fan1_input"));
        await().until(() -> seen.last(BASE + "status").equals("offline"));
    }

    @Test
    void whatLeft_isEmptied_atAReload_andToldAgainAfterARestart() throws Exception {
        await().until(() -> seen.last(SPEED).startsWith("none: "));
        rig.reload(BOTH.replace("channels = [temp1, fan1]", "channels = [temp1, fan1], speed1.enabled = false"));
        await().until(() -> seen.last(SPEED).isEmpty());
        try (var later = Subscriber.start(rig.broker(), BASE + "#")) {
            await().until(() -> later.lines().stream().anyMatch(line -> line.contains("temperature1/status")));
            assertThat(later.lines()).noneMatch(line -> line.contains(SPEED));
        }
        rig.reload(BOTH);
        await().until(() -> seen.last(SPEED).startsWith("none: "));
        write("fan1_input", "1200");
        await().until(() -> seen.last(SPEED).equals("online"));
        rig.stop();
        write("fan1_input", "off");
        write("fan1_enable", "0");
        rig.start(BOTH);
        await().until(() -> seen.last(SPEED).startsWith("none: "));
    }
}
