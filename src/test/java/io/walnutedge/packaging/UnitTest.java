package io.walnutedge.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.daemon.Daemon;
import io.walnutedge.testkit.Command;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The services as systemd judges them, without running them. */
class UnitTest {
    private static final String UNIT = "systemd/walnut-edge.service";
    /** The contract's limit, on systemd-analyze's scale from 0 to 10. */
    private static final double MOST_EXPOSURE = 1.8;

    @ParameterizedTest
    @ValueSource(strings = {UNIT, "systemd/walnut-edge-image.service"})
    void exposure_isAtMost18(String unit) throws Exception {
        var said = Command.output("systemd-analyze", "security", "--offline=true", "--no-pager", unit);

        var found = Pattern.compile("Overall exposure level for walnut-edge[a-z-]*.service: ([0-9.]+)")
                .matcher(said);
        assertThat(found.find()).as(said).isTrue();
        assertThat(Double.parseDouble(found.group(1))).isLessThanOrEqualTo(MOST_EXPOSURE);
    }

    @Test
    void stop_mayTakeAsLongAsTheDaemonNeeds() throws Exception {
        assertThat(Files.readAllLines(Command.PROJECT.resolve(UNIT)))
                .contains("TimeoutStopSec=" + Daemon.STOP_LIMIT.plusSeconds(2).toSeconds());
    }

    @Test
    void whatIsWritable_cannotBeRun() throws Exception {
        assertThat(Files.readAllLines(Command.PROJECT.resolve(UNIT)))
                .contains("NoExecPaths=/var /run /tmp /dev/shm", "ProtectSystem=strict");
    }
}
