package io.walnutedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.FixedLogin;
import io.walnutedge.config.Login;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckNotesTest {
    @TempDir
    private Path directory;

    @Test
    void programThatRootHasNotAllowed_isNoted() throws Exception {
        var file = Files.writeString(
                directory.resolve("a.conf"),
                "device.id = a\nsensors { soc { type = exec, command = [/opt/never/installed] } }");
        assertThat(check(file)).contains("exec, /opt/never/installed", "note     soc: ", "/etc/walnut-edge/allow-exec");
    }

    @Test
    void files_thatWereReadBeside_areNamed() throws Exception {
        var file = Files.writeString(directory.resolve("a.conf"), "device.id = a");
        var part = Files.createDirectory(directory.resolve("conf.d")).resolve("lamp.conf");
        Files.writeString(part, "sensors { level { type = text, text = x } }");
        assertThat(check(file)).startsWith(file + " is good\nwith     " + part + "\n\n");
    }

    @Test
    void login_thatGoesInTheClear_isNoted_unlessItStaysOnTheBoard() throws Exception {
        var file = directory.resolve("a.conf");
        for (var plain : List.of("tcp://a", "ws://my_broker:80/mqtt?token=geheim")) {
            Files.writeString(file, "device.id = a, mqtt { user = pi, broker = \"" + plain + "\" }");
            assertThat(check(file))
                    .contains("note     the login goes to " + plain.replaceFirst("\\?.*", "?****") + " in the clear")
                    .doesNotContain("geheim");
        }
        for (var hidden :
                List.of("ssl://a", "wss://a", "tcp://127.0.0.1", "tcp://localhost:1883", "tcp://[::1]:1883")) {
            Files.writeString(file, "device.id = a, mqtt { user = pi, broker = \"" + hidden + "\" }");
            assertThat(check(file)).contains("broker   " + hidden + " as pi").doesNotContain("in the clear");
        }
        Files.writeString(file, "device.id = a, mqtt.broker = \"tcp://a\"");
        assertThat(check(file)).doesNotContain("in the clear");
    }

    /** A moment that has passed when it is read would look like a part of the login. */
    @Test
    void loginThatDependsOnTheTime_isNotShownAsOneOfAMoment() {
        var fixed = new FixedLogin("id", Optional.of("pi"), Optional.empty());
        Login timed = now -> fixed;
        assertThat(CheckCommand.shown(fixed)).isEqualTo(" as pi without a password");
        assertThat(CheckCommand.shown(timed)).contains("each connection").doesNotContain("pi");
        assertThat(MosquittoAcl.user(fixed)).isEqualTo("user pi");
        assertThat(MosquittoAcl.user(timed)).startsWith("# ").doesNotContain("pi");
    }

    private static String check(Path file) {
        var out = new StringWriter();
        var status = new CommandLine(new CheckCommand())
                .setOut(new PrintWriter(out, true))
                .execute("-c", file.toString());
        assertThat(status).isEqualTo(Cli.OK);
        return out.toString();
    }
}
