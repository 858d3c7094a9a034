package io.walnutedge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.reading.ItemId;
import io.walnutedge.sensor.Drivers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanChangeTest {
    private static final String BASE = """
        device.id = a
        sensors { room { type = file, path = /r, unit = C }, shed { type = file, path = /s } }
        inputs { door { pin = 11 } }
        outputs { lamp { pin = 13 }, pump { pin = 15, retain = true } }
        """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Plan plan(String hocon) throws Exception {
        return new PlanReader(Drivers.installed(), (device, pin) -> pin)
                .read(Files.writeString(directory.resolve("application.conf"), hocon));
    }

    private PlanChange change(String after) throws Exception {
        return PlanChange.between(plan(BASE), plan(after));
    }

    private static Set<ItemId> ids(String... names) {
        return Arrays.stream(names).map(ItemId::new).collect(Collectors.toSet());
    }

    @Test
    void sameText_inAnotherOrderAndForm_changesNothing() throws Exception {
        var change = change("""
            device { id = a }
            outputs { pump { retain = true, pin = 15 }, lamp.pin = 13 }
            inputs.door.pin = 11 # a comment
            sensors { shed { type = file, path = /s }, room { unit = C, path = /r, type = file } }
            """);
        assertThat(change).hasToString("no sensor, input or output was changed");
        assertThat(change.goneTopics()).isEmpty();
        assertThat(change.restart()).isEmpty();
    }

    @Test
    void oneSensorChanged_oneAdded_oneGone() throws Exception {
        var change = change(BASE.replace("path = /r,", "path = /elsewhere,")
                .replace("shed {", "tank {")
                .replace("path = /s", "path = /t"));
        assertThat(change.sensors().changed()).isEqualTo(ids("room"));
        assertThat(change.sensors().added()).isEqualTo(ids("tank"));
        assertThat(change.sensors().gone()).isEqualTo(ids("shed"));
        assertThat(change.inputs().coming()).isEmpty();
        assertThat(change.outputs().leaving()).isEmpty();
        assertThat(change).hasToString("added tank; changed room; removed shed");
    }

    @Test
    void inputsAndOutputs_areComparedToo_andWhatTheBrokerKeepsOfThemIsKnown() throws Exception {
        var change = change(BASE.replace("door { pin = 11 }", "door { pin = 12 }")
                .replace("pump { pin = 15, retain = true }", "pump { pin = 15, topic = p }")
                .replace("lamp { pin = 13 }, ", ""));
        assertThat(change.inputs().changed()).isEqualTo(ids("door"));
        assertThat(change.outputs().changed()).isEqualTo(ids("pump"));
        assertThat(change.outputs().gone()).isEqualTo(ids("lamp"));
        assertThat(change.goneTopics())
                .containsExactlyInAnyOrder(
                        "walnutpi/a/lamp", "walnutpi/a/lamp/status", "walnutpi/a/lamp/alert", "walnutpi/a/pump");
    }

    @Test
    void defaultOfTheBroker_changesTheSensorsThatUseIt_andAsksForARestart() throws Exception {
        var change = change(BASE + "mqtt.qos = 0\n");
        assertThat(change.sensors().changed()).isEqualTo(ids("room", "shed"));
        assertThat(change.restart()).containsExactly("mqtt");
    }

    @Test
    void restartIsAskedForAgain_untilItHappens() throws Exception {
        var first = change(BASE + "mqtt.keep-alive = 10 s\n");
        assertThat(PlanChange.between(first.plan(), plan(BASE + "mqtt.keep-alive = 10 s\n"))
                        .restart())
                .containsExactly("mqtt");
        assertThat(PlanChange.between(first.plan(), plan(BASE)).restart()).isEmpty();
    }

    @Test
    void anotherDevice_changesNothingBeforeTheRestart() throws Exception {
        var change = change(BASE.replace("device.id = a", "device.id = b").replace("/r,", "/x,"));
        assertThat(change.restart()).containsExactly("device");
        assertThat(change.plan().mqtt().topics().base()).isEqualTo("walnutpi/a");
        assertThat(change.sensors().leaving()).isEmpty();
    }

    @Test
    void definitionOfAChip_isAPartOfTheSensor() throws Exception {
        var chips = Files.createDirectories(directory.resolve("chips"));
        var definition =
                "reads = [ { register = 0, bytes = 2 } ]\nfields { temperature { bytes = \"0-1\", unit = C } }";
        var hocon = "device.id = a\nsensors { t { type = i2c-registers, definition = mine, bus = 1, address = 0x48 } }";
        Files.writeString(chips.resolve("mine.conf"), definition);
        var before = plan(hocon);
        assertThat(PlanChange.between(before, plan(hocon)).sensors().leaving()).isEmpty();
        Files.writeString(chips.resolve("mine.conf"), definition.replace("register = 0", "register = 1"));
        assertThat(PlanChange.between(before, plan(hocon)).sensors().changed()).isEqualTo(ids("t"));
    }
}
