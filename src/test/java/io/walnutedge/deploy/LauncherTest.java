package io.walnutedge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Java the launcher takes, and with which options: each Java here only prints what it was given. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("deploy/walnut-edge").toAbsolutePath();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path jvm;

    @SuppressWarnings("NullAway.Init")
    private Path home;

    /** Status and both streams. */
    private record Said(int status, String text) {}

    @BeforeEach
    void setUp() throws IOException {
        jvm = Files.createDirectory(directory.resolve("jvm"));
        home = Files.createDirectory(directory.resolve("the home"));
    }

    private Path java(String name, String release) throws IOException {
        var java = Files.createDirectories(jvm.resolve(name).resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(jvm.resolve(name).resolve("release"), release);
        return java;
    }

    private Path java(int version) throws IOException {
        return java("java-" + version, "IMPLEMENTOR=\"Debian\"\nJAVA_VERSION=\"" + version + ".0.1\"\n");
    }

    /** The launcher itself, where the machine's Javas are those of this test. */
    private Said launch(Map<String, String> environment, String... arguments) throws Exception {
        var here = directory.resolve("walnut-edge");
        Files.writeString(
                here,
                Files.readString(LAUNCHER)
                        .replace("/usr/lib/jvm", jvm.toString())
                        .replace("/usr/bin/java", directory.resolve("usual").toString()));
        var builder = new ProcessBuilder("sh", here.toString()).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        builder.directory(directory.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("WALNUT_EDGE_"));
        builder.environment().put("WALNUT_EDGE_HOME", home.toString());
        builder.environment().putAll(environment);
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Said(process.exitValue(), text);
    }

    private Said taken(int version, Path java) {
        return new Said(0, version + " " + java + "\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 21, 25, 26})
    void oneJava_isTaken(int version) throws Exception {
        var java = java(version);
        assertThat(launch(Map.of(), "--java")).isEqualTo(taken(version, java));
    }

    @Test
    void ofSeveral_theNewestIsTaken_byItsVersion_notByItsName() throws Exception {
        java("default-java", "JAVA_VERSION=\"9.0.4\"\n");
        java("java-8-openjdk", "JAVA_VERSION=\"1.8.0_402\"\n");
        java(17);
        var newest = java("adopted", "IMPLEMENTOR=\"Eclipse\"\nJAVA_VERSION=\"25\"\nOS_ARCH=\"x86_64\"\n");
        java(21);
        assertThat(launch(Map.of(), "--java")).isEqualTo(taken(25, newest));
    }

    @Test
    void whatIsNoJava_isPassedOver() throws Exception {
        var whole = java(17);
        Files.delete(java(26).resolveSibling("../release").normalize());
        assertThat(java(27).toFile().setExecutable(false)).isTrue();
        java("odd", "JAVA_VERSION=\"next\"\n");
        java("empty", "");
        Files.createSymbolicLink(jvm.resolve("gone"), jvm.resolve("nowhere"));
        Files.createDirectory(jvm.resolve("openjdk-28"));
        assertThat(launch(Map.of(), "--java")).isEqualTo(taken(17, whole));
    }

    @Test
    void usualJava_isTaken_whereNoneStandsInItsPlace() throws Exception {
        var java = java(21);
        Files.createSymbolicLink(directory.resolve("usual"), java);
        jvm = Files.createDirectory(directory.resolve("none"));
        assertThat(launch(Map.of(), "--java")).isEqualTo(taken(21, java));
    }

    @Test
    void toldJava_isTaken_alsoAnOlderOne_throughALink() throws Exception {
        java(25);
        var told = java("the old one", "JAVA_VERSION=\"17\"\n");
        var link = Files.createSymbolicLink(directory.resolve("my java"), told);
        assertThat(launch(Map.of("WALNUT_EDGE_JAVA", link.toString()), "--java"))
                .isEqualTo(taken(17, told));
    }

    @Test
    void noJava_orOneThatIsTooOld_isSaid() throws Exception {
        var old = java(11).toString();
        assertThat(launch(Map.of(), "run"))
                .isEqualTo(new Said(
                        1, "walnut-edge: there is no Java 17 or newer; sudo apt install default-jre-headless\n"));
        java(17);
        assertThat(launch(Map.of("WALNUT_EDGE_JAVA", old), "run"))
                .isEqualTo(new Said(
                        1, "walnut-edge: " + old + " is no Java 17 or newer; sudo apt install default-jre-headless\n"));
    }

    @ParameterizedTest
    @CsvSource({"17, SharedArchiveFile, AOTCache", "21, SharedArchiveFile, AOTCache", "25, AOTCache, SharedArchiveFile"
    })
    void image_isUsedAsItsJavaKnowsIt(int version, String option, String notThat) throws Exception {
        java(version);
        assertThat(launch(Map.of(), "run").text()).doesNotContain("Archive", "AOT", "aot");
        var image = Files.createFile(home.resolve("classes.jsa"));
        assertThat(launch(Map.of(), "run").text().lines())
                .contains("-XX:" + option + "=" + image, "-XX:ArchiveRelocationMode=0", "-Xlog:cds=off")
                .noneMatch(line -> line.contains(notThat))
                .filteredOn(line -> line.equals("-Xlog:aot=off"))
                .hasSize(version < 25 ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"17, 0", "21, 0", "25, 1"})
    void demoAndSimulation_areWithoutWarningsOfTheirBroker(int version, int count) throws Exception {
        java(version);
        for (var command : List.of("demo", "simulate")) {
            assertThat(launch(Map.of(), command).text().lines())
                    .filteredOn("--sun-misc-unsafe-memory-access=allow"::equals)
                    .hasSize(count);
        }
        assertThat(launch(Map.of(), "run").text()).doesNotContain("unsafe");
    }

    @Test
    void optionsAndArguments_arriveAsTheyAre() throws Exception {
        java(21);
        Files.createFile(directory.resolve("-Dx.star"));
        assertThat(launch(Map.of("WALNUT_EDGE_JAVA_OPTS", "-Xmx64m -Dx*"), "pub", "a *", "")
                        .text())
                .contains("\n-Xmx64m\n-Dx*\n")
                .endsWith("\n-jar\n" + home + "/walnut-edge.jar\npub\na *\n\n");
    }
}
