package io.walnutedge.sensor.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.NoHardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ExecTest {
    @TempDir
    Path directory;

    private Path list;
    private Exec driver;

    @BeforeEach
    void allow() throws Exception {
        list = directory.resolve("allow-exec");
        Files.writeString(list, "# programs\n/bin/echo\n/bin/sh\n");
        mode("rw-r--r--");
        var me = (Integer) Files.getAttribute(directory, "unix:uid");
        driver = new Exec(new AllowList(list, me));
    }

    private void mode(String permissions) throws Exception {
        Files.setPosixFilePermissions(list, PosixFilePermissions.fromString(permissions));
    }

    private SensorPlan plan(String hocon) {
        var problems = new Problems();
        var settings = ConfigFile.parse(hocon, problems);
        var plan = driver.plan(settings);
        settings.finish();
        assertThat(problems.list()).isEmpty();
        return plan;
    }

    private List<String> read(String hocon) throws Exception {
        try (var sensor = plan(hocon).opening().open(new NoHardware())) {
            return sensor.read().stream().map(ExecTest::shown).toList();
        }
    }

    private static String shown(Measurement each) {
        return each.quantity().name() + "="
                + each.value().format(each.quantity().decimals())
                + each.quantity().unit();
    }

    private List<String> sh(String script, String more) throws Exception {
        return read("command = [\"/bin/sh\", \"-c\", \"" + script + "\"]\n" + more);
    }

    @Test
    void number_isRead() throws Exception {
        assertThat(read("command = [\"/bin/echo\", \"48.2'C\"], quantity = temperature"))
                .containsExactly("temperature=48.20°C");
    }

    @Test
    void namedGroups_areQuantities() throws Exception {
        assertThat(read("command = [/bin/echo, \"in 21.5 out -3\"], pattern = \"in (?<i>[-0-9.]+) out"
                        + " (?<o>[-0-9.]+)\"\n"
                        + "values { i { unit = \"°C\", decimals = 1, quantity = inside }, o { quantity ="
                        + " outside } }"))
                .containsExactly("inside=21.5°C", "outside=-3.00");
    }

    @Test
    void argument_isNoShellsBusiness() throws Exception {
        assertThat(read("command = [/bin/echo, \"$(echo 9) 7; echo 8\"], pattern = \"([0-9]); echo\""))
                .containsExactly("value=7.00");
    }

    @Test
    void environment_isPathAndLang() throws Exception {
        assertThat(sh("env | grep -v '^\\\\(PATH\\\\|LANG\\\\|PWD\\\\|_\\\\|SHLVL\\\\|OLDPWD\\\\)=' | wc -l", ""))
                .containsExactly("value=0.00");
        assertThat(sh("read x; echo $? $LANG", "pattern = \"(1) C.UTF-8\"")).containsExactly("value=1.00");
    }

    @Test
    void failure_isToldWithoutItsComplaint_whichIsForWhoReadsOnTheSpot() {
        assertThatThrownBy(() -> sh("echo 5; echo; echo no sensor >&2; echo more >&2; exit 3", ""))
                .hasMessage("/bin/sh: it ended with status 3")
                .extracting(each -> ((SensorException) each).inFull())
                .isEqualTo("/bin/sh: it ended with status 3; it was 'no sensor\\nmore'");
        assertThatThrownBy(() -> sh("kill -9 $$", "")).hasMessage("/bin/sh: it ended with status 137");
    }

    @Test
    void deadline_killsItAndWhatItStarted() throws Exception {
        var pids = directory.resolve("pids");
        var start = System.nanoTime();
        assertThatThrownBy(() -> sh(
                        "sleep 1000 & echo $! > " + pids + "; (sleep 1000; true) & echo $! >> " + pids + "; wait",
                        "deadline = 500 ms"))
                .hasMessageContaining("did not end within 500 ms and was killed");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(Files.readAllLines(pids)).hasSize(2).allSatisfy(pid -> await().until(() -> isGone(pid)));
    }

    private static boolean isGone(String pid) {
        return !Files.exists(Path.of("/proc", pid));
    }

    /** Every way into the background; each child notes its number before its parent ends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 1000 & echo $! >> PIDS",
                "(sleep 1000 & echo $! >> PIDS)",
                "((sleep 1000 & echo $! >> PIDS) & wait)",
                "setsid sleep 1000 & echo $! >> PIDS",
                "(setsid sh -c 'echo $$ >> PIDS; exec sleep 1000' & until test -s PIDS; do :; done)",
                "setsid -f sh -c 'echo $$ >> PIDS; exec sleep 1000'; until test -s PIDS; do :; done",
                "setsid -f sh -c '(setsid sh -c \"echo \\$\\$ >> PIDS; exec sleep 1000\" &)'; until test -s PIDS; do"
                        + " :; done",
                "(trap '' HUP INT TERM; nohup sleep 1000 > /dev/null 2>&1 & echo $! >> PIDS)",
                "(env -i setsid -f sh -c 'cd /; echo $$ >> PIDS; exec sleep 1000 < /dev/null > /dev/null 2>&1');"
                        + " until test -s PIDS; do :; done",
                "(sh -c 'echo $$ >> PIDS; kill -STOP $$' & until test -s PIDS; do :; done)",
                "(for i in 1 2 3 4 5 6 7 8; do (setsid sleep 1000 & echo $! >> PIDS) & done; wait)",
                "(sh -c 'echo $$ >> PIDS; while :; do setsid -f sleep 1000; done' & until test -s PIDS; do :; done)",
                "(true & echo $! >> PIDS)"
            })
    void nothingOfAProgram_outlivesItsRun(String background) throws Exception {
        var before = children();
        var pids = directory.resolve("pids");
        var script = directory.resolve("script");
        for (var end : List.of("echo 5", "exit 3", "exec sleep 1000")) {
            Files.deleteIfExists(pids);
            Files.writeString(script, background.replace("PIDS", pids.toString()) + "\n" + end + "\n");
            try {
                assertThat(read("command = [/bin/sh, \"" + script + "\"], deadline = 1 s"))
                        .containsExactly("value=5.00");
            } catch (SensorException failed) {
                assertThat(end).isNotEqualTo("echo 5");
            }
            assertThat(Files.readAllLines(pids)).as(end).isNotEmpty().allMatch(ExecTest::isGone);
            assertThat(children()).as(end).isEqualTo(before);
        }
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().descendants().collect(Collectors.toSet());
    }

    /** The child of one program is an orphan of this process while other programs end. */
    @Test
    void childOfAProgramThatStillRuns_isSpared() throws Exception {
        var before = children();
        var go = directory.resolve("go");
        var late = CompletableFuture.supplyAsync(() -> {
            try {
                return sh(
                        "((until test -e " + go + "; do sleep 0.01; done; echo 9 > " + go + ".answer) &); touch " + go
                                + ".begun; until test -s " + go + ".answer; do sleep 0.01; done; cat " + go
                                + ".answer",
                        "deadline = 9 s");
            } catch (Exception failed) {
                throw new CompletionException(failed);
            }
        });
        await().until(() -> Files.exists(directory.resolve("go.begun")));
        for (var i = 0; i < 5; i++) {
            assertThat(sh("(sleep 1000 &); echo 6", "")).containsExactly("value=6.00");
        }
        Files.createFile(go);
        assertThat(late.get(9, TimeUnit.SECONDS)).containsExactly("value=9.00");
        assertThat(children()).isEqualTo(before);
    }

    /** Whatever else this process has started is none of its business. */
    @Test
    void processOfSomebodyElse_isSpared() throws Exception {
        assertThat(sh("echo 1", "")).containsExactly("value=1.00");
        var other = new ProcessBuilder("/bin/sleep", "1000").start();
        try {
            assertThat(sh("(sleep 1000 &); echo 2", "")).containsExactly("value=2.00");
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    /** Without JNA those are found that still have their parents. */
    @Test
    void withoutASubreaper_descendantsAreKilled() throws Exception {
        var pids = directory.resolve("pids");
        var program = new ProcessBuilder("/bin/sh", "-c", "sleep 1000 & echo $! > " + pids + "; wait").start();
        var offspring = new Offspring(false);
        var ticket = offspring.begin();
        offspring.started(ticket, program);
        await().until(() -> Files.exists(pids) && !Files.readString(pids).isBlank());
        var child =
                ProcessHandle.of(Long.parseLong(Files.readString(pids).strip())).orElseThrow();
        program.descendants().forEach(ProcessHandle::destroyForcibly);
        program.destroyForcibly();
        offspring.end(ticket);
        await().until(() -> !program.isAlive() && !isRunning(child));
    }

    /** A zombie does not run. */
    private static boolean isRunning(ProcessHandle process) throws Exception {
        var status = Path.of("/proc", Long.toString(process.pid()), "stat");
        return Files.exists(status) && !Files.readString(status).contains(") Z ");
    }

    @Test
    void childThatHoldsThePipe_isNotWaitedFor() throws Exception {
        var start = System.nanoTime();
        assertThat(sh("sleep 4 & echo 6", "")).containsExactly("value=6.00");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void tooMuchOutput_isRefused_andALotIsRead() throws Exception {
        assertThatThrownBy(() -> sh("yes", "")).hasMessageContaining("more than 65536 bytes");
        assertThat(sh("head -c 300000 /dev/zero >&2; head -c 65000 /dev/zero | tr '\\\\0' ' '; echo 4", ""))
                .containsExactly("value=4.00");
    }

    @Test
    void outputBeforeTheEnd_isNeverLost() throws Exception {
        for (var i = 0; i < 100; i++) {
            assertThat(read("command = [/bin/echo, \"" + i + "\"]")).containsExactly("value=" + i + ".00");
        }
    }

    @Test
    void nothingThatMatches_isTold() {
        assertThatThrownBy(() -> read("command = [/bin/echo, five], pattern = \"([0-9]+)\""))
                .hasMessage("/bin/echo printed nothing that matches the pattern");
    }

    @Test
    void withoutTheList_rootIsToldWhatToDo() throws Exception {
        Files.delete(list);
        var plan = plan("command = [/bin/echo, \"1\"]");
        assertThat(plan.source().notes())
                .containsExactly("no program is run, because there is no " + list
                        + "; as root: printf '%s\\n' '[\"/bin/echo\",\"1\"]' >> " + list + " && chown root " + list
                        + " && chmod 644 " + list);
        assertThatThrownBy(() -> read("command = [/bin/echo, \"1\"]")).hasMessageContaining("as root: printf");
        allow();
        assertThat(plan.source().notes()).isEmpty();
    }

    @Test
    void programThatIsNotListed_isNotRun() throws Exception {
        Files.writeString(list, "/bin/echoes\n/bin\n# /bin/echo\n");
        assertThatThrownBy(() -> read("command = [/bin/echo, \"1\"]"))
                .hasMessage("/bin/echo is not allowed; as root: printf '%s\\n' '[\"/bin/echo\",\"1\"]' >> " + list);
    }

    /** Each entry of the list, and what it permits. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/bin/echo                     | 1,2 | true",
                "/bin/echo                     | 1   | true",
                "  [\"/bin/echo\" , \"1\"]      | 1   | true",
                "[\"/bin/echo\",\"\\u0031\"]     | 1   | true",
                "[\"/bin/echo\",\"1\"]          | 1,2 | false",
                "[\"/bin/echo\",\"1\",\"2\"]      | 1   | false",
                "[\"/bin/echo\",\"2\"]          | 1   | false",
                "[\"/bin/echo\",\"1 \"]         | 1   | false",
                "[\"/bin/echo\"]              | 1   | false",
                "[\"/bin/echo\", 1]           | 1   | false",
                "[\"/bin/sh\",\"1\"]            | 1   | false",
                "[\"/bin/echo\",[\"1\"]]        | 1   | false",
                "[\"/bin/echo\",\"1\"] x        | 1   | false",
                "[\"/bin/echo\",\"1\"],\"x\":[]   | 1   | false",
                "[/bin/echo, 1]                | 1   | false",
                "[\"/bin/echo\",\"1\"           | 1   | false",
                "/bin/echo 1                   | 1   | false",
                "[]                            | 1   | false"
            })
    void entry_isAPathWithAnyArguments_orACommandWithItsOwn(String entry, String arguments, boolean runs)
            throws Exception {
        Files.writeString(list, "[broken\n" + entry + "\n[\n");
        var command =
                "command = [/bin/echo" + (", \"" + arguments.replace(",", "\", \"")) + "\"], pattern = \"([0-9])\"";
        if (runs) {
            assertThat(read(command)).containsExactly("value=1.00");
        } else {
            assertThatThrownBy(() -> read(command)).hasMessageContaining("/bin/echo is not allowed");
        }
    }

    /** What root is told to type permits just this, whatever the words are: it is typed into a real shell here. */
    @Test
    void lineForRoot_permitsTheCommand_andNothingElseHappens() throws Exception {
        for (var word : List.of("1", "it's", "a\nb", "$(touch x)", "\\n\\", "\"", "温度", "'; touch x; '", "%s")) {
            Files.writeString(list, "[\"/bin/echo\",\"other\"]\n");
            var command = List.of("/bin/echo", word);
            var allowed = new AllowList(list, (Integer) Files.getAttribute(directory, "unix:uid"));
            var told = allowed.obstacle(command).orElseThrow();
            assertThat(told).startsWith("/bin/echo is not allowed with these arguments; as root: ");
            var shell = new ProcessBuilder("/bin/sh", "-c", told.substring(told.indexOf("printf")))
                    .directory(directory.toFile())
                    .start();
            assertThat(shell.waitFor()).isZero();
            assertThat(allowed.obstacle(command)).as(word).isEmpty();
            assertThat(allowed.obstacle(List.of("/bin/echo", word, "more"))).isPresent();
            assertThat(directory.resolve("x")).doesNotExist();
        }
    }

    @Test
    void listWithAByteOrderMark_isRead_andAnotherEncodingIsNamed() throws Exception {
        var allowed = new AllowList(list, (Integer) Files.getAttribute(directory, "unix:uid"));
        Files.writeString(list, "\ufeff/bin/echo\r\n");
        assertThat(allowed.obstacle(List.of("/bin/echo"))).isEmpty();
        Files.write(list, "/bin/echo\n# 温室\n".getBytes("GBK"));
        assertThat(allowed.obstacle(List.of("/bin/echo")))
                .get()
                .asString()
                .contains(list + ":2 is not UTF-8 and looks like GBK");
    }

    @Test
    void listThatOthersCanWrite_countsForNothing() throws Exception {
        for (var mode : List.of("rw-rw-r--", "rw-r--rw-")) {
            mode(mode);
            assertThatThrownBy(() -> read("command = [/bin/echo, \"1\"]")).hasMessageContaining("written by others");
        }
        mode("rw-r--r--");
        var me = (Integer) Files.getAttribute(directory, "unix:uid");
        var stranger = new AllowList(list, me + 1);
        assertThat(stranger.obstacle(List.of("/bin/echo"))).get().asString().contains("does not belong to");
    }

    @Test
    void listInADirectoryThatOthersCanWrite_countsForNothing() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxr-x"));
        assertThatThrownBy(() -> read("command = [/bin/echo, \"1\"]"))
                .hasMessageContaining(directory + " may be written by others");
    }

    @Test
    void listThatIsALink_isJudgedAsALink() throws Exception {
        var other = Files.move(list, directory.resolve("other"));
        Files.createSymbolicLink(list, other);
        assertThatThrownBy(() -> read("command = [/bin/echo, \"1\"]")).hasMessageContaining("is a link");
    }

    @Test
    void programThatOthersCanReplace_isNotRun() throws Exception {
        var program = directory.resolve("program");
        Files.writeString(program, "#!/bin/sh\necho 1\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(list, program + "\n");
        // it lies below /tmp, which everybody may write
        assertThatThrownBy(() -> read("command = [\"" + program + "\"]"))
                .hasMessageContaining("whoever can write there");
    }

    @Test
    void programThatIsMissing_isTold() throws Exception {
        Files.writeString(list, "/usr/bin/no-such-program\n/usr/bin\n");
        assertThatThrownBy(() -> read("command = [/usr/bin/no-such-program]")).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> read("command = [/usr/bin]")).hasMessageContaining("is no file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "deadline = 1 s | must be a list",
                "command = \"/bin/echo 1\" | must be a list",
                "command = [] | must be a list",
                "command = [echo] | whole path",
                "command = [/bin/../bin/echo] | whole path",
                "command = [/bin/echo], deadline = 1 min | out of range",
                "command = [/bin/echo], unit = V | unknown key"
            })
    void wrongSettings_areProblems(String settings, String expected) {
        var problems = new Problems();
        var table = ConfigFile.parse(settings, problems);
        driver.plan(table);
        table.finish();
        assertThat(problems.list().stream().map(Object::toString).collect(Collectors.joining("\n")))
                .contains(expected);
    }

    /** The message is published with the alert: a password in a URL among the arguments is not in it. */
    @Test
    void argumentWithAPassword_isNotInTheLineThatWouldAllowIt() throws Exception {
        Files.writeString(list, "");
        assertThatThrownBy(() -> read("command = [/bin/echo, \"http://u:geheim@h/x\"]"))
                .hasMessageContaining("as root: printf '%s\\n' '/bin/echo' >> ")
                .hasMessageNotContaining("geheim");
    }
}
