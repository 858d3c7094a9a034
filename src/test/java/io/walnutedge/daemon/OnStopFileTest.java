package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.actuator.Actuator.BusWrite;
import io.walnutedge.actuator.Actuator.FileWrite;
import io.walnutedge.actuator.Actuator.LastWrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the script that systemd runs. */
class OnStopFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private List<LastWrite> writes = List.of();

    private Path file(String name) throws IOException {
        return Files.writeString(directory.resolve(name), "before");
    }

    private OnStopFile onStopFile(Optional<Path> place) {
        return new OnStopFile(place, () -> writes);
    }

    private void keep(OnStopFile file, List<LastWrite> now) {
        writes = now;
        file.keep();
    }

    private int onStop() throws IOException, InterruptedException {
        var script =
                new ProcessBuilder(Path.of("deploy/on-stop").toAbsolutePath().toString()).inheritIO();
        script.environment().put("RUNTIME_DIRECTORY", directory.toString());
        script.environment().compute("PATH", (key, path) -> directory + ":" + path);
        return script.start().waitFor();
    }

    @Test
    void scriptDoesWhatTheListSays() throws Exception {
        var farewell = onStopFile(Optional.of(directory));
        keep(
                farewell,
                List.of(
                        new FileWrite(file("gpio7 direction"), "low"),
                        new FileWrite(directory.resolve("missing/direction"), "high"),
                        new FileWrite(file("$(touch x)"), "high")));
        assertThat(onStop()).as("one of them failed").isEqualTo(1);
        assertThat(directory.resolve("gpio7 direction")).hasContent("low");
        assertThat(directory.resolve("$(touch x)")).hasContent("high");
        assertThat(directory.resolve("x")).doesNotExist();
    }

    /** The real one, on a real kernel, is in {@code KernelOutputsIT}. */
    @Test
    void transfersOnABus_areThoseOfI2cTools() throws Exception {
        var tool = directory.resolve("i2ctransfer");
        Files.writeString(tool, "#!/bin/sh\necho \"$@\" >>" + directory + "/transfers\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        var farewell = onStopFile(Optional.of(directory));
        keep(
                farewell,
                List.of(
                        new BusWrite(1, 0x20, List.of(0x14, 0x02, 0xff)),
                        new FileWrite(file("direction"), "low"),
                        new BusWrite(2, 0x38, List.of(0x7f))));
        assertThat(onStop()).isZero();
        assertThat(directory.resolve("transfers")).hasContent("-y 1 w3@0x20 0x14 0x02 0xff\n-y 2 w1@0x38 0x7f");
        assertThat(directory.resolve("direction")).hasContent("low");
    }

    @Test
    void newerListReplacesTheOlder() throws Exception {
        var farewell = onStopFile(Optional.of(directory));
        var direction = file("direction");
        keep(farewell, List.of(new FileWrite(direction, "low")));
        keep(farewell, List.of(new FileWrite(direction, "high")));
        assertThat(onStop()).isZero();
        assertThat(direction).hasContent("high");
    }

    @Test
    void withoutAList_becauseAllIsDone_nothingIsWritten() throws Exception {
        var farewell = onStopFile(Optional.of(directory));
        var direction = file("direction");
        keep(farewell, List.of(new FileWrite(direction, "low")));
        farewell.done();
        assertThat(onStop()).isZero();
        assertThat(direction).hasContent("before");
    }

    @Test
    void withoutSystemd_nothingIsWritten() throws Exception {
        var farewell = onStopFile(Optional.empty());
        keep(farewell, List.of(new FileWrite(file("direction"), "low")));
        farewell.done();
        assertThat(directory.resolve("on-stop")).doesNotExist();
    }

    @Test
    void listThatSomebodyTookAway_isWrittenAnew() throws Exception {
        var farewell = onStopFile(Optional.of(directory));
        var list = List.<LastWrite>of(new FileWrite(file("direction"), "low"));
        keep(farewell, list);
        Files.delete(directory.resolve("on-stop"));
        keep(farewell, list);
        assertThat(directory.resolve("on-stop")).content().contains("low");
        farewell.done();
        keep(farewell, list);
        assertThat(directory.resolve("on-stop")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-stop", "on-stop.new"})
    void linkInItsPlace_isNotFollowed(String name) throws Exception {
        var other = file("other");
        Files.createSymbolicLink(directory.resolve(name), other);
        keep(onStopFile(Optional.of(directory)), List.of(new FileWrite(file("direction"), "low")));
        assertThat(other).hasContent("before");
        assertThat(directory.resolve("on-stop")).content().contains("low");
        assertThat(Files.isSymbolicLink(directory.resolve("on-stop"))).isFalse();
    }
}
