package io.walnutedge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.Main;
import io.walnutedge.simulate.SimulatedBoard;
import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Program;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The command line as a table: every subcommand reads what the daemon reads, {@code conf.d} and the credentials beside the
 * configuration, prints no secret, and prints the same in every locale. Broker, store and a sensor stand in a fragment: who
 * does not read it has the wrong broker, the wrong store and no sensor.
 */
class CommandLineIT {
    private static final String PASSWORD = "S3cret-Passw0rt";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Own digits, a dotless i, another calendar, another script. */
    private static final List<String> LOCALES =
            List.of("en-US", "fa-IR", "tr-TR", "zh-CN", "ar-EG", "th-TH-u-ca-buddhist-nu-thai", "de-DE");

    /**
     * @param shown what tells that the fragment was read
     * @param mistaken whether a mistake in the fragment is told, with 78
     */
    private record Row(String line, int status, String shown, boolean mistaken) {}

    @TempDir
    Path directory;

    private SimulatedBoard board;
    private Mosquitto broker;
    private Path main;
    private Path fragment;
    private String hocon = "";

    @BeforeEach
    void plant() throws Exception {
        board = SimulatedBoard.create(() -> 0);
        var passwords = directory.resolve("passwords");
        assertThat(new ProcessBuilder("mosquitto_passwd", "-b", "-c", passwords.toString(), "anna", PASSWORD)
                        .start()
                        .waitFor())
                .isZero();
        broker = Mosquitto.start(directory, "allow_anonymous false", "password_file " + passwords);
        var etc = Files.createDirectories(directory.resolve("etc"));
        var credentials = Files.createDirectory(etc.resolve("credentials"));
        Files.setPosixFilePermissions(
                Files.writeString(credentials.resolve("mqtt-login"), "anna:" + PASSWORD + "\n"),
                PosixFilePermissions.fromString("rw-------"));
        var roots = board.roots();
        main = Files.writeString(
                etc.resolve("application.conf"),
                String.format(
                        "device { id = t, sys-root = \"%s\", proc-root = \"%s\", dev-root = \"%s\" }%nmqtt { broker ="
                                + " \"tcp://127.0.0.1:1\", connect-timeout = 5 s }%noutbox.dir = \"/nonexistent/x\"%n",
                        roots.sys(), roots.proc(), roots.dev()));
        fragment = Files.createDirectory(etc.resolve("conf.d")).resolve("site.conf");
        var value = Files.writeString(directory.resolve("value"), "21.5");
        hocon = "mqtt.broker = \"" + broker.uri() + "\"\noutbox.dir = \"" + store() + "\"\n"
                + "sensors { extra { type = file, path = \"" + value
                + "\", every = 100 ms, unit = \"Ülke ölçüsü 温度\" } }\n"
                + "outputs { lamp { pin = 11, topic = \"t/lamp\", retain = true } }\n";
        Files.writeString(fragment, hocon);
    }

    @AfterEach
    void end() throws Exception {
        board.close();
        broker.close();
    }

    private Path store() {
        return directory.resolve("var/outbox");
    }

    private List<Row> table() {
        return List.of(
                new Row("check", 0, "with     " + fragment, true),
                new Row("check", 0, broker.uri() + " as anna with a password", true),
                new Row("check --acl", 0, "topic write walnutpi/t/extra/value", true),
                new Row("read", 0, "21.500  Ülke ölçüsü 温度", true),
                new Row("read --json extra", 0, "\"value\":21.500", true),
                new Row("read extr", 1, "did you mean 'extra'?", true),
                new Row("pins", 0, "output lamp", true),
                new Row("outbox", 0, "nothing waits in " + store(), true),
                new Row("outbox --json", 0, "\"directory\":\"" + store() + "\"", true),
                new Row("status", 1, "no daemon answers on " + store().resolveSibling("control"), false),
                new Row("pub t/lamp ON --retain", 0, "", true),
                new Row("sub -v -n 1 t/lamp", 0, "t/lamp ON", true),
                new Row("cleanup --dry-run", 0, "nothing to remove", true),
                new Row("watch --plain --for 2s", 0, "state    t/lamp ON", true),
                new Row("simulate --own-broker --plain --for 2s", 0, "reading  extra/value 21.500", true),
                new Row("run --nonsense", 2, "", false));
    }

    /** Those that read no configuration. */
    private static final List<String> WITHOUT = List.of("scan", "help", "demo");

    private record Result(int status, String out, String err) {}

    private Result run(String line) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var words = new ArrayList<>(List.of(line.split(" ")));
        words.addAll(List.of("-c", main.toString()));
        var status = Cli.execute(Main.class, out, err, words.toArray(String[]::new));
        return new Result(status, out.toString(UTF_8), err.toString(UTF_8));
    }

    @Test
    void everySubcommand_isInTheTable() {
        var known = new TreeSet<>(WITHOUT);
        table().forEach(row -> known.add(row.line().replaceFirst(" .*", "")));
        assertThat(new CommandLine(Main.class).getSubcommands().keySet()).isEqualTo(known);
    }

    @Test
    void everySubcommand_readsTheFragmentAndTheLogin_printsNoSecret_andTheSameInEveryLocale() {
        var before = Locale.getDefault();
        try {
            for (var row : table()) {
                Result first = null;
                // what waits for a broker takes seconds: one foreign locale will do
                var locales =
                        row.line().contains("for") || row.line().contains("cleanup") ? LOCALES.subList(1, 2) : LOCALES;
                for (var locale : locales) {
                    Locale.setDefault(Locale.forLanguageTag(locale));
                    var result = run(row.line());
                    assertThat(result.status())
                            .as("%s in %s: %s", row.line(), locale, result)
                            .isEqualTo(row.status());
                    assertThat(result.out() + result.err())
                            .as(row.line())
                            .contains(row.shown())
                            .doesNotContain(PASSWORD);
                    first = first == null ? result : first;
                    assertThat(result.out()).as("%s in %s", row.line(), locale).isEqualTo(first.out());
                }
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void everySubcommand_tellsAMistakeInTheFragment_withItsFileAndLine() throws Exception {
        Files.writeString(fragment, hocon + "sensors.extra.evry = 1 s\n");
        for (var row : table()) {
            if (row.mistaken()) {
                var result = run(row.line());
                assertThat(result.status()).as("%s: %s", row.line(), result).isEqualTo(Cli.CONFIG);
                assertThat(result.err()).contains(fragment + ":5: sensors.extra.evry: ", "did you mean 'every'?");
                assertThat(result.out() + result.err()).doesNotContain(PASSWORD);
            }
        }
    }

    /** The daemon itself, in real processes of each kind of locale: what one has left the next one finds. */
    @Test
    void daemon_readsAndReloadsTheFragment_inEachLocale_andStatusFindsIt() throws Exception {
        Files.writeString(fragment, hocon.replaceAll("outputs .*\n", ""));
        var files = new TreeSet<String>();
        for (var environment : List.of(
                Map.of("LC_ALL", ""),
                Map.of("LC_ALL", "C"),
                Map.of("LC_ALL", "C.UTF-8", "JAVA_TOOL_OPTIONS", "-Duser.language=fa -Duser.country=IR"),
                Map.of("LC_ALL", "C", "JAVA_TOOL_OPTIONS", "-Duser.language=tr -Duser.country=TR"))) {
            try (var daemon = Program.start(environment, "run", "-c", main.toString())) {
                daemon.awaitLine("connected to tcp://");
                await().atMost(LIMIT).until(() -> run("status").status() == Cli.OK || !daemon.isAlive());
                var status = run("status");
                assertThat(status.out()).as(daemon.text()).contains("extra", "21.500", "Ülke ölçüsü 温度");
                Files.writeString(fragment, Files.readString(fragment) + "sensors.more { type = text, text = x }\n");
                new ProcessBuilder("kill", "-HUP", Long.toString(daemon.pid()))
                        .start()
                        .waitFor();
                await().atMost(LIMIT).until(() -> run("status").out().contains("more"));
                Files.writeString(fragment, hocon.replaceAll("outputs .*\n", ""));
                daemon.terminate();
                assertThat(daemon.end(LIMIT)).as(daemon.text()).isEqualTo(143);
                assertThat(daemon.text()).doesNotContain(PASSWORD).doesNotContain("damaged");
            }
            try (var listing = Files.list(store())) {
                listing.forEach(file -> files.add(file.getFileName().toString()));
            }
        }
        assertThat(files).contains("lock").allMatch(name -> name.matches("[a-z0-9.-]+"));
    }
}
