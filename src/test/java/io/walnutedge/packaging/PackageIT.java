package io.walnutedge.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.json.JsonReader;
import io.walnutedge.testkit.Command;
import io.walnutedge.testkit.Javas;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Debian package: what is in it, what lintian says, and its life from the installation to the purge. */
class PackageIT {
    private static final String NEXT_VERSION = "99.0";

    @TempDir
    private static Path directory;

    private static Path built;
    private static Path later;

    @BeforeAll
    static void build() throws Exception {
        var said = Command.output("deploy/package.sh").strip().split("\n", -1);
        built = Command.PROJECT.resolve(said[said.length - 1]);
        assertThat(built).isRegularFile();
        assertThat(built.getFileName().toString()).matches("walnut-edge_[0-9.]+_all\\.deb");
        later = upgrade();
    }

    @Test
    void lintian_hasNoErrorsOrWarnings_withoutAnOverride() throws Exception {
        var said = Command.output("lintian", "--fail-on", "error,warning", built.toString());
        assertThat(said).doesNotContain("E: ", "W: ", "override");
    }

    @Test
    void contents_areComplete_andRoots() throws Exception {
        var said = Command.output("dpkg-deb", "-c", built.toString());
        assertThat(said)
                .contains(
                        " ./usr/bin/walnut-edge\n",
                        " ./usr/share/walnut-edge/walnut-edge.jar\n",
                        " ./usr/share/walnut-edge/native.tar.gz\n",
                        " ./usr/lib/walnut-edge/classes.list\n",
                        " ./usr/lib/systemd/system/walnut-edge.service\n",
                        " ./usr/lib/systemd/system/walnut-edge-image.service\n",
                        " ./usr/lib/sysusers.d/walnut-edge.conf\n",
                        " ./usr/lib/udev/rules.d/60-walnut-edge.rules\n",
                        " ./usr/share/man/man1/walnut-edge.1.gz\n",
                        " ./usr/share/man/man5/walnut-edge.conf.5.gz\n",
                        " ./usr/share/bash-completion/completions/walnut-edge\n",
                        " ./usr/share/doc/walnut-edge/copyright\n",
                        " ./usr/share/doc/walnut-edge/changelog.gz\n",
                        " ./usr/share/doc/walnut-edge/configuration.md\n",
                        " ./usr/share/doc/walnut-edge/examples/tutorial.conf\n",
                        " ./usr/share/doc/walnut-edge/examples/scenarios/greenhouse.conf\n",
                        " ./etc/walnut-edge/conf.d/\n");
        assertThat(said.lines()).allMatch(line -> line.contains(" root/root "));
    }

    @Test
    void conffiles_areAllFilesOfEtc() throws Exception {
        var said = Command.output("dpkg-deb", "-I", built.toString(), "conffiles");
        assertThat(said.lines())
                .contains("/etc/walnut-edge/application.conf", "/etc/walnut-edge/chips/lm75.conf")
                .containsExactlyInAnyOrderElementsOf(Command.output("dpkg-deb", "-c", built.toString())
                        .lines()
                        .filter(line -> line.startsWith("-") && line.contains(" ./etc/"))
                        .map(line -> line.substring(line.indexOf(" ./etc/") + 2))
                        .toList());
    }

    @Test
    void secondBuild_isTheSame() throws Exception {
        var first = Files.readAllBytes(built);
        Command.output("deploy/package.sh");
        assertThat(Files.mismatch(Files.write(directory.resolve("first.deb"), first), built))
                .isEqualTo(-1);
    }

    /** Each file of each pattern, and each library by a pattern of its own. */
    @Test
    void copyright_namesEachLibrary_andNothingElse() throws Exception {
        var tree = unpacked("copyright");
        var patterns = Files.readString(tree.resolve("usr/share/doc/walnut-edge/copyright"))
                .lines()
                .filter(line -> line.startsWith("Files: ") || line.startsWith(" usr/"))
                .map(line -> line.replace("Files: ", "").strip())
                .filter(line -> !line.equals("*"))
                .toList();
        var share = "usr/share/walnut-edge/";
        var shipped = new ArrayList<>(List.of(share + "native.tar.gz"));
        libraries(tree).forEach(name -> shipped.add(share + "lib/" + name));
        for (var file : shipped) {
            assertThat(patterns)
                    .as(file)
                    .filteredOn(pattern -> matches(pattern, file))
                    .hasSize(1);
        }
        for (var pattern : patterns) {
            assertThat(shipped).as(pattern).anyMatch(file -> matches(pattern, file));
        }
    }

    private static boolean matches(String pattern, String file) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(file));
    }

    private static List<String> libraries(Path tree) throws IOException {
        try (var files = Files.list(tree.resolve("usr/share/walnut-edge/lib"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static List<?> list(Map<?, ?> table, String key) {
        return (List<?>) Objects.requireNonNull(table.get(key));
    }

    /** The bill of materials has the libraries that are in the package, with their checksums, and no others. */
    @Test
    void billOfMaterials_isOfWhatIsInside() throws Exception {
        var tree = unpacked("materials");
        var bill =
                JsonReader.object(Files.readString(tree.resolve("usr/share/doc/walnut-edge/walnut-edge.cdx.json")), 32);
        assertThat(bill).containsEntry("bomFormat", "CycloneDX");
        var listed = new HashMap<String, String>();
        for (var each : list(bill, "components")) {
            var component = (Map<?, ?>) each;
            var sha256 = list(component, "hashes").stream()
                    .map(hash -> (Map<?, ?>) hash)
                    .filter(hash -> "SHA-256".equals(hash.get("alg")))
                    .findFirst();
            listed.put(
                    component.get("name") + "-" + component.get("version") + ".jar",
                    String.valueOf(sha256.orElseThrow().get("content")));
        }
        assertThat(listed.keySet()).containsExactlyInAnyOrderElementsOf(libraries(tree));
        for (var name : listed.keySet()) {
            var file = tree.resolve("usr/share/walnut-edge/lib").resolve(name);
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            // Paho's is without its signature
            assertThat(HexFormat.of().formatHex(digest).equals(listed.get(name)))
                    .as(name)
                    .isEqualTo(!name.startsWith("org.eclipse.paho"));
        }
    }

    /** What a start loads is in the list that the image is made of, whatever was added since that was recorded. */
    @Test
    void classList_isOfThisProgram() throws Exception {
        var tree = unpacked("classes");
        var listed = Files.readAllLines(tree.resolve("usr/lib/walnut-edge/classes.list"));
        var recorded = directory.resolve("recorded");
        Command.output("deploy/class-list.sh", "target/walnut-edge.jar", recorded.toString());
        var needed = Files.readAllLines(recorded).stream()
                .filter(line -> line.startsWith("io/walnutedge/"))
                .toList();
        assertThat(needed).hasSizeGreaterThan(200);
        assertThat(needed.stream().filter(listed::contains).count())
                .as("record it anew: deploy/class-list.sh target/walnut-edge.jar deploy/classes.list")
                .isGreaterThan(needed.size() * 8L / 10);
    }

    @Test
    void completion_offersTheCommands() throws Exception {
        var tree = unpacked("completion");
        var script = "source " + tree.resolve("usr/share/bash-completion/completions/walnut-edge")
                + "; COMP_WORDS=(walnut-edge ch); COMP_CWORD=1; _complete_walnut-edge; echo ${COMPREPLY[*]}";
        assertThat(Command.output("bash", "-c", script)).isEqualTo("check\n");
    }

    static Stream<Path> javas() throws IOException {
        return Javas.homes();
    }

    /** An overlay of this machine's files, in which dpkg runs; so it takes root, or sudo that asks for no password. */
    @ParameterizedTest
    @MethodSource("javas")
    void life_fromInstallationToPurge(Path java) throws Exception {
        var facts = life(java);
        // one that takes a run of the program is the service's to make, and none runs there
        var atOnce = Javas.isTrained(java) ? "no" : "yes";

        assertThat(facts)
                .containsEntry("installed", "installed " + version())
                .containsEntry("program", "walnut-edge " + version())
                .containsEntry("user", "gpio i2c walnut-edge ")
                .containsEntry("state", "walnut-edge:walnut-edge 750")
                .containsEntry("enabled", "yes")
                .containsEntry("natives", "yes")
                .containsEntry("image", atOnce)
                .containsEntry("made", "")
                .containsEntry("image-made", "root:root 644")
                .containsEntry("left-over", "")
                .containsEntry("shared", "walnut-edge " + version())
                .containsEntry("conf-d", "root:root 755")
                .containsEntry("credentials", "root:root 700")
                .containsEntry("check", "good")
                .containsEntry("image-after-java-changed", atOnce + " 0");
        assertThat(facts)
                .as("an edited configuration survives")
                .containsEntry("upgraded", "installed " + NEXT_VERSION)
                .containsEntry("edited", "# edited")
                .containsEntry("shipped-beside", "# another release")
                .containsEntry(
                        "check-after-upgrade",
                        "with /etc/walnut-edge/conf.d/site.conf;device site;"
                                + "broker tcp://127.0.0.1:1883 as pi with a password;")
                .containsEntry("image-after-upgrade", atOnce)
                .containsEntry("removed-program", "no no no")
                .containsEntry("removed-config", "# edited")
                .containsEntry("removed-others", "device { id = site } pi:pi")
                .containsEntry("removed-state", "yes");
        assertThat(facts).as("nothing is left").containsEntry("purged", "").containsEntry("purged-user", "00");
    }

    private static Map<String, String> life(Path java) throws Exception {
        var script = Path.of(PackageIT.class.getResource("life.sh").toURI()).toString();
        var work = Files.createTempDirectory(directory, "machine").toString();
        var command = new ArrayList<String>();
        if (!"root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("sudo", "-n"));
        }
        command.addAll(List.of(
                "unshare",
                "--mount",
                "sh",
                script,
                work,
                built.toString(),
                later.toString(),
                java.getFileName().toString()));
        var said = Command.output(command.toArray(String[]::new));
        var facts = new HashMap<String, String>();
        said.lines().map(line -> line.split("=", 2)).forEach(pair -> facts.put(pair[0], pair[1]));
        return facts;
    }

    /** A later release with another configuration. */
    private static Path upgrade() throws Exception {
        var tree = unpacked("later");
        var control = tree.resolve("DEBIAN/control");
        Files.writeString(
                control, Files.readString(control).replace("Version: " + version(), "Version: " + NEXT_VERSION));
        Files.writeString(
                tree.resolve("etc/walnut-edge/application.conf"), "# another release\n", StandardOpenOption.APPEND);
        var later = directory.resolve("later.deb");
        Command.output("dpkg-deb", "--root-owner-group", "-Znone", "-b", tree.toString(), later.toString());
        return later;
    }

    private static Path unpacked(String name) throws IOException, InterruptedException {
        var tree = directory.resolve(name);
        Command.output("dpkg-deb", "-R", built.toString(), tree.toString());
        return tree;
    }

    private static String version() {
        return built.getFileName().toString().split("_", -1)[1];
    }
}
