package io.walnutedge.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFileTest {
    /** Of each fsync(2), by Java's own flight recorder. */
    private static final String FORCE = "jdk.FileForce";

    @TempDir
    private Path directory;

    /** The rename is the directory's content, not the file's. */
    @Test
    void replace_bringsTheFileToStableStorage_andThenItsName() throws IOException {
        var file = directory.resolve("state");
        try (var recording = new Recording()) {
            recording.enable(FORCE).withThreshold(Duration.ZERO);
            recording.start();
            OwnFile.replace(file, "new".getBytes(StandardCharsets.UTF_8));
            recording.stop();
            assertThat(forced(recording)).containsExactly(directory.resolve("state.new"), directory);
        }
        assertThat(file).hasContent("new");
        assertThat(directory.resolve("state.new")).doesNotExist();
    }

    private List<Path> forced(Recording recording) throws IOException {
        var dump = directory.resolve("recording.jfr");
        recording.dump(dump);
        return RecordingFile.readAllEvents(dump).stream()
                .map(OwnFileTest::path)
                .filter(path -> path.startsWith(directory))
                .toList();
    }

    private static Path path(RecordedEvent event) {
        return Path.of(event.getString("path")).normalize();
    }
}
