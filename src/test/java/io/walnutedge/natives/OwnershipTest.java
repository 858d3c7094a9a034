package io.walnutedge.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipTest {
    private static final int SOMEBODY = 4711;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static int owner(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid");
    }

    private Path file(int mode) throws IOException {
        var file = Files.writeString(directory.resolve("f" + mode), "");
        Files.setAttribute(file, "unix:mode", mode);
        return file;
    }

    /** All of the nine bits and the three above them. */
    @Test
    void everyMode_isRefusedWhereOthersWrite() throws Exception {
        for (var mode = 0; mode < 010000; mode += 1) {
            var file = directory.resolve("f");
            if (mode == 0) {
                Files.writeString(file, "");
            }
            Files.setAttribute(file, "unix:mode", mode);
            assertThat(Ownership.weakness(List.of(file)).isPresent())
                    .as("mode %o", mode)
                    .isEqualTo((mode & 022) != 0);
        }
    }

    /** Root and the process's user may; everybody else, whoever that is, may not. */
    @Test
    void owner_isRootOrOneself() throws Exception {
        var file = file(0644);
        assertThat(Ownership.weakness(List.of(file))).isEmpty();
        assertThat(Ownership.weakness(List.of(Path.of("/usr/bin/env")), SOMEBODY))
                .isEmpty();
        if (owner(file) == 0) {
            Files.setAttribute(file, "unix:uid", SOMEBODY);
        }
        assertThat(Ownership.weakness(List.of(file), owner(file))).isEmpty();
        assertThat(Ownership.weakness(List.of(file), owner(file) + 1))
                .get()
                .asString()
                .startsWith(file + " belongs to user " + owner(file))
                .contains("chown");
    }

    @Test
    void directoryAbove_isRefusedWhereEverybodyReplaces() throws Exception {
        var inner = Files.createDirectories(directory.resolve("a/b"));
        var file = Files.writeString(inner.resolve("f"), "");
        Files.setAttribute(file, "unix:mode", 0644);
        for (var each : List.of(0755, 0775, 01777, 01757)) {
            Files.setAttribute(directory.resolve("a"), "unix:mode", each);
            assertThat(Ownership.weakness(List.of(file))).as("%o", each).isEmpty();
        }
        for (var each : List.of(0777, 0757, 0773)) {
            Files.setAttribute(directory.resolve("a"), "unix:mode", each);
            assertThat(Ownership.weakness(List.of(file)).orElse(""))
                    .as("%o", each)
                    .startsWith(directory.resolve("a") + " may be written by everybody");
        }
    }
}
