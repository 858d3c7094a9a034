package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.actuator.Actuator.FileWrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the script that systemd runs. */
class FarewellTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path file(String name) throws IOException {
        return Files.writeString(directory.resolve(name), "before");
    }

    private int onStop() throws IOException, InterruptedException {
        var script =
                new ProcessBuilder(Path.of("deploy/on-stop").toAbsolutePath().toString()).inheritIO();
        script.environment().put("RUNTIME_DIRECTORY", directory.toString());
        return script.start().waitFor();
    }

    @Test
    void scriptDoesWhatTheListSays() throws Exception {
        var farewell = new Farewell(Optional.of(directory));
        farewell.keep(List.of(
                new FileWrite(file("gpio7 direction"), "low"),
                new FileWrite(directory.resolve("missing/direction"), "high"),
                new FileWrite(file("$(touch x)"), "high")));
        assertThat(onStop()).as("one of them failed").isEqualTo(1);
        assertThat(directory.resolve("gpio7 direction")).hasContent("low");
        assertThat(directory.resolve("$(touch x)")).hasContent("high");
        assertThat(directory.resolve("x")).doesNotExist();
    }

    @Test
    void newerListReplacesTheOlder() throws Exception {
        var farewell = new Farewell(Optional.of(directory));
        var direction = file("direction");
        farewell.keep(List.of(new FileWrite(direction, "low")));
        farewell.keep(List.of(new FileWrite(direction, "high")));
        assertThat(onStop()).isZero();
        assertThat(direction).hasContent("high");
    }

    @Test
    void withoutAList_becauseAllIsDone_nothingIsWritten() throws Exception {
        var farewell = new Farewell(Optional.of(directory));
        var direction = file("direction");
        farewell.keep(List.of(new FileWrite(direction, "low")));
        farewell.done();
        assertThat(onStop()).isZero();
        assertThat(direction).hasContent("before");
    }

    @Test
    void withoutSystemd_nothingIsWritten() throws Exception {
        var farewell = new Farewell(Optional.empty());
        farewell.keep(List.of(new FileWrite(file("direction"), "low")));
        farewell.done();
        assertThat(directory.resolve("on-stop")).doesNotExist();
    }
}
