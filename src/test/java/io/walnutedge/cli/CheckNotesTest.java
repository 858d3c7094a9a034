package io.walnutedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
        var out = new StringWriter();
        var status = new CommandLine(new CheckCommand())
                .setOut(new PrintWriter(out, true))
                .execute("-c", file.toString());
        assertThat(status).isEqualTo(Cli.OK);
        assertThat(out.toString())
                .contains("exec, /opt/never/installed", "note     soc: ", "/etc/walnut-edge/allow-exec");
    }
}
