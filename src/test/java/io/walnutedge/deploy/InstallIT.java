package io.walnutedge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.testkit.Javas;
import io.walnutedge.testkit.Markdown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installs what the build made into a directory, with the scripts that a user runs. */
class InstallIT {
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final String EDITED = "device { id = mine }\n";

    @TempDir
    Path root;

    private Path config;
    private Path shipped;

    @BeforeEach
    void setUp() {
        config = root.resolve("etc/walnut-edge/application.conf");
        shipped = PROJECT.resolve("config/application.conf");
    }

    @Test
    void install_putsEverythingInItsPlace() throws Exception {
        install(PROJECT);

        assertThat(config).hasSameTextualContentAs(shipped);
        assertThat(config.resolveSibling("chips/lm75.conf"))
                .hasSameTextualContentAs(PROJECT.resolve("config/chips/lm75.conf"));
        assertThat(root.resolve("usr/lib/systemd/system/walnut-edge.service")).exists();
        assertThat(root.resolve("usr/lib/systemd/system/walnut-edge-image.service"))
                .exists();
        assertThat(root.resolve("usr/lib/walnut-edge/train")).isExecutable();
        assertThat(root.resolve("usr/lib/udev/rules.d/60-walnut-edge.rules")).exists();
        assertThat(root.resolve("usr/share/doc/walnut-edge/examples/tutorial.conf"))
                .exists();
        assertThat(root.resolve("usr/lib/walnut-edge/native/" + machine() + "/libjnidispatch.so"))
                .exists();
        assertThat(names(root.resolve("usr/lib/walnut-edge/lib"))).isEqualTo(names(PROJECT.resolve("target/lib")));
        assertThat(names(root.resolve("usr/lib"))).doesNotContain("walnut-edge.new", "walnut-edge.old");
        assertThat(names(root.resolve("var/lib"))).contains("walnut-edge");
        assertThat(names(config.resolveSibling("conf.d"))).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config.resolveSibling("credentials"))))
                .isEqualTo("rwx------");
    }

    @Test
    void documents_leadToEachOther() throws Exception {
        install(PROJECT);
        var documents = root.resolve("usr/share/doc/walnut-edge");
        assertThat(names(documents)).contains("README.md", "configuration.md", "sensors.md");
        for (var name : names(documents)) {
            if (name.endsWith(".md")) {
                assertThat(Markdown.of(documents.resolve(name)).brokenLinks()).isEmpty();
            }
        }
    }

    @Test
    void launcher_startsTheInstalledProgram() throws Exception {
        install(PROJECT);
        var launcher = new ProcessBuilder(root.resolve("usr/bin/walnut-edge").toString(), "--version");
        launcher.environment()
                .put("WALNUT_EDGE_HOME", root.resolve("usr/lib/walnut-edge").toString());
        assertThat(run(launcher)).contains("walnut-edge");
    }

    /** Far from the tree that it was built in, as on a board. */
    @Test
    void demoAndSimulation_runAsInstalled() throws Exception {
        install(PROJECT);
        var examples = root.resolve("usr/share/doc/walnut-edge/examples");
        for (var arguments : List.of(
                List.of("demo", "--plain", "--for", "3s", "--port", "0"),
                List.of(
                        "simulate",
                        "-c",
                        examples.resolve("greenhouse.conf").toString(),
                        "--scenario",
                        examples.resolve("scenarios/greenhouse.conf").toString(),
                        "--plain",
                        "--for",
                        "3s",
                        "--port",
                        "0"))) {
            var command =
                    new ArrayList<>(List.of(root.resolve("usr/bin/walnut-edge").toString()));
            command.addAll(arguments);
            var launcher = new ProcessBuilder(command).directory(root.toFile());
            launcher.environment()
                    .put("WALNUT_EDGE_HOME", root.resolve("usr/lib/walnut-edge").toString());
            assertThat(run(launcher)).contains("reading  ", "watch:   mosquitto_sub");
        }
    }

    @Test
    void secondInstall_leavesAnEditedConfig_andPutsTheShippedOneBeside() throws Exception {
        install(PROJECT);
        Files.writeString(config, EDITED);
        var stale = root.resolve("usr/lib/walnut-edge/lib/of-an-older-release.jar");
        Files.createFile(stale);

        assertThat(install(PROJECT)).contains("application.conf.new");

        assertThat(config).hasContent(EDITED);
        assertThat(sibling()).hasSameTextualContentAs(shipped);
        assertThat(stale).doesNotExist();

        Files.copy(shipped, config, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(install(PROJECT)).doesNotContain("application.conf.new");
        assertThat(sibling()).doesNotExist();
    }

    @Test
    void upgrade_replacesAConfigThatNobodyEdited_andNoOther() throws Exception {
        var release = release("# another release\n");
        install(PROJECT);
        install(release);
        assertThat(config).hasContent("# another release\n");
        assertThat(sibling()).doesNotExist();

        Files.writeString(config, EDITED);
        install(PROJECT);
        assertThat(config).hasContent(EDITED);
        assertThat(sibling()).hasSameTextualContentAs(shipped);
    }

    @Test
    void uninstall_leavesConfigAndData_andPurgeNothing() throws Exception {
        install(PROJECT);
        Files.writeString(config, EDITED);
        var data = Files.createFile(root.resolve("var/lib/walnut-edge/data"));
        var part = Files.createFile(config.resolveSibling("conf.d/site.conf"));
        var login = Files.createFile(config.resolveSibling("credentials/mqtt-login"));

        script("deploy/uninstall.sh");
        var chips = config.resolveSibling("chips");
        assertThat(files()).contains(chips.resolve("lm75.conf"));
        assertThat(files())
                .filteredOn(file -> !file.startsWith(chips))
                .containsExactlyInAnyOrder(config, data, part, login);

        script("deploy/uninstall.sh", "--purge");
        assertThat(files()).isEmpty();
    }

    @Test
    void purge_whereNothingIsInstalled_isNoTrouble() throws Exception {
        assertThat(script("deploy/uninstall.sh", "--purge")).contains("removed");
    }

    @Test
    void scripts_areValidShell() throws Exception {
        for (var name : List.of(
                "deploy/class-list.sh",
                "deploy/conf-page.sh",
                "deploy/install.sh",
                "deploy/make-archive",
                "deploy/package.sh",
                "deploy/uninstall.sh",
                "deploy/demo.sh",
                "deploy/test.sh",
                "deploy/test-debian.sh",
                "deploy/tools.sh",
                "deploy/walnut-edge",
                ".ci/run")) {
            run(new ProcessBuilder("bash", "-n", PROJECT.resolve(name).toString()));
            if (!name.endsWith("tools.sh")) {
                assertThat(PROJECT.resolve(name)).isExecutable();
            }
        }
    }

    /** As the kernel names it: Java says amd64 for x86_64. */
    private static String machine() {
        return "aarch64".equals(System.getProperty("os.arch")) ? "aarch64" : "x86_64";
    }

    /** A release archive's layout: what is in target/ stands at its top. */
    private Path release(String shippedConfig) throws Exception {
        var release = Files.createDirectory(root.resolve("release"));
        var copy = "cp -R deploy systemd config README.md LICENSE target/walnut-edge.jar target/lib target/native ";
        var documents = " && cp -R --parents src/site/markdown ";
        run(new ProcessBuilder("sh", "-c", copy + release + documents + release).directory(PROJECT.toFile()));
        Files.writeString(release.resolve("config/application.conf"), shippedConfig);
        return release;
    }

    private Path sibling() {
        return config.resolveSibling("application.conf.new");
    }

    private String install(Path from) throws Exception {
        return run(withRoot(from.resolve("deploy/install.sh").toString()));
    }

    private String script(String... command) throws Exception {
        return run(withRoot(command));
    }

    private ProcessBuilder withRoot(String... command) {
        var builder = new ProcessBuilder(command).directory(PROJECT.toFile());
        builder.environment().put("DESTDIR", root.toString());
        return builder;
    }

    private static String run(ProcessBuilder builder) throws Exception {
        builder.environment().put("WALNUT_EDGE_JAVA", Javas.current());
        var process = builder.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s said: %s", builder.command(), said).isZero();
        return said;
    }

    private List<Path> files() throws IOException {
        try (var all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (var all = Files.list(directory)) {
            return all.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
