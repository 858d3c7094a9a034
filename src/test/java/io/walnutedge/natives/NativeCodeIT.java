package io.walnutedge.natives;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.testkit.Javas;
import io.walnutedge.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process really loads, where somebody has planted libraries. */
class NativeCodeIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path BUILT = Path.of("target/native").toAbsolutePath();
    private static final boolean IS_ARM = System.getProperty("os.arch").equals("aarch64");
    private static final Path SERIAL = BUILT.resolve(IS_ARM ? "Linux/armv8_64" : "Linux/x86_64");
    private static final Path JNA = BUILT.resolve(IS_ARM ? "com/sun/jna/linux-aarch64" : "com/sun/jna/linux-x86-64");
    /** The version is a part of the name of the folder that jSerialComm looks into. */
    private static final String VERSION = "2.11.4";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path tmp = Path.of("");
    private Path own = Path.of("");

    /** Copies that would serve well, wherever the libraries look by themselves. */
    @BeforeEach
    void plant() throws IOException {
        tmp = Files.createDirectory(directory.resolve("tmp"));
        for (var folder : List.of("jSerialComm", ".jSerialComm")) {
            var planted = Files.createDirectories(tmp.resolve(folder).resolve(VERSION));
            Files.copy(SERIAL.resolve("libjSerialComm.so"), planted.resolve("libjSerialComm.so"));
        }
        own = Files.createDirectory(
                directory.resolve("own"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.copy(SERIAL.resolve("libjSerialComm.so"), own.resolve("libjSerialComm.so"));
        Files.copy(JNA.resolve("libjnidispatch.so"), own.resolve("libjnidispatch.so"));
        for (var file : List.of("libjSerialComm.so", "libjnidispatch.so")) {
            mode(own.resolve(file), "rw-r--r--");
        }
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String property(String library) {
        return library.equals("JNA") ? "jna.boot.library.path" : "jSerialComm.library.path";
    }

    private static String file(String library) {
        return library.equals("JNA") ? "libjnidispatch.so" : "libjSerialComm.so";
    }

    private String probe(String library, String... options) {
        var command = new ArrayList<>(List.of(Javas.current(), "-Djava.io.tmpdir=" + tmp, "-Duser.home=" + tmp));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", "target/test-classes:" + Program.jar(), NativeProbe.class.getName(), library));
        try (var program = Program.of(command, Map.of())) {
            assertThat(program.end(LIMIT)).as(program.text()).isZero();
            return program.text();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JNA", "SERIAL"})
    void withoutName_itIsTheBuilds(String library) {
        assertThat(probe(library)).contains("ready", BUILT + "/").doesNotContain(tmp + "/");
        assertNothingUnpacked();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JNA", "SERIAL"})
    void named_itIsThatOne(String library) {
        assertThat(probe(library, "-D" + property(library) + "=" + own))
                .contains("ready", own.resolve(file(library)).toString())
                .doesNotContain(tmp + "/", BUILT + "/");
    }

    /** Missing, empty, another one: the planted one is never taken in its place. */
    @ParameterizedTest
    @CsvSource({"JNA,missing", "JNA,empty", "JNA,other", "SERIAL,missing", "SERIAL,empty", "SERIAL,other"})
    void unusable_nothingElseIsTaken(String library, String kind) throws Exception {
        var there = own.resolve(file(library));
        switch (kind) {
            case "missing" -> Files.delete(there);
            case "empty" -> Files.write(there, new byte[0]);
            default -> {
                var another = own.resolve(file(library.equals("JNA") ? "SERIAL" : "JNA"));
                Files.copy(another, there, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        assertThat(probe(library, "-D" + property(library) + "=" + own)).doesNotContain(tmp + "/", BUILT + "/");
        assertNothingUnpacked();
    }

    private void assertNothingUnpacked() {
        try (var all = Files.walk(tmp)) {
            var made = all.filter(path -> !path.equals(tmp) && !path.toString().contains("jSerialComm"))
                    .filter(path -> !path.toString().contains("hsperfdata"));
            assertThat(made).isEmpty();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** The directory's mode, the library's, and that of what is above. */
    @ParameterizedTest
    @CsvSource({
        "own,rwxrwxr-x",
        "own,rwxr-xrwx",
        "own,rwxrwxrwx",
        "own/libjSerialComm.so,rw-rw-r--",
        "own/libjSerialComm.so,rw-r--rw-",
        ".,rwxrwxrwx"
    })
    void writableByOthers_isRefused(String what, String mode) throws Exception {
        var path = directory.resolve(what).normalize();
        mode(path, mode);
        assertThat(probe("SERIAL", "-DjSerialComm.library.path=" + own))
                .contains("refused: " + path + " may be written by")
                .doesNotContain("ready");
        mode(directory, "rwx------");
    }

    /** A link's own mode means nothing; where it leads counts. */
    @Test
    void link_isFollowedBeforeItIsChecked() throws Exception {
        var link = Files.createSymbolicLink(directory.resolve("link"), own);
        assertThat(probe("SERIAL", "-DjSerialComm.library.path=" + link)).contains("ready");
        mode(own, "rwxrwxrwx");
        assertThat(probe("SERIAL", "-DjSerialComm.library.path=" + link)).contains("refused: " + own + " may be");
    }

    @Test
    void words_ofALoader_areDirectories() {
        for (var word : Set.of("system", "local", "", "/no/such")) {
            assertThat(probe("SERIAL", "-DjSerialComm.library.path=" + word)).contains("refused: there is no");
        }
    }
}
