package io.walnutedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ServiceStartTest {
    @Test
    void asTheUnitStartsIt_itIsForThisClass() {
        assertThat(ServiceStart.config("run")).contains(Path.of("/etc/walnut-edge/application.conf"));
        assertThat(ServiceStart.config("run", "-c", "a.conf")).contains(Path.of("a.conf"));
        assertThat(ServiceStart.config("run", "--config", "a.conf")).contains(Path.of("a.conf"));
    }

    @Test
    void anythingElse_isNot() {
        assertThat(ServiceStart.config()).isEmpty();
        assertThat(ServiceStart.config("check")).isEmpty();
        assertThat(ServiceStart.config("run", "--help")).isEmpty();
        assertThat(ServiceStart.config("run", "-c")).isEmpty();
        assertThat(ServiceStart.config("run", "-c", "--record")).isEmpty();
        assertThat(ServiceStart.config("run", "--record", "x")).isEmpty();
        assertThat(ServiceStart.config("run", "-c", "a.conf", "--record", "x")).isEmpty();
    }

    @Test
    void bothWays_nameTheSameFile() {
        for (var args : new String[][] {{"run"}, {"run", "-c", "a.conf"}, {"run", "--config", "a.conf"}}) {
            var parsed = new CommandLine(new RunCommand());
            parsed.parseArgs(Arrays.copyOfRange(args, 1, args.length));
            assertThat(ServiceStart.config(args))
                    .contains(Path.of(
                            parsed.getCommandSpec().findOption("-c").getValue().toString()));
        }
    }
}
