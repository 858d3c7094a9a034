package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.testkit.Subscriber;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A retained ON that was obeyed, and SIGKILL at the moment when its line goes high. */
class RetainedIT {
    private static final int KILLS = 2;
    private static final int LAMP = 73;
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    @Test
    void retainedOn_isNotObeyedAgain_byADaemonThatWasKilledRightAfterIt() throws Exception {
        var lines = new FakeLines(directory.resolve("sys"), LAMP);
        var setup = Setup.of(1, Duration.ofSeconds(1))
                .with("device.sys-root = \"" + directory.resolve("sys") + "\"")
                .with("outputs.lamp { pin = gpio" + LAMP + ", accept-retained = true, on-stop = keep }");
        try (var station = new Station(directory, setup)) {
            for (var round = 0; round < KILLS; round++) {
                var command = "{\"state\":\"ON\",\"id\":\"" + round + "\"}";
                Subscriber.publish(station.broker(), "walnutpi/fault/lamp/set", command, "-r");
                lines.forget(LAMP);
                station.launch();
                station.awaitThat("the lamp is on", LIMIT, () -> lines.isHigh(LAMP));
                station.kill();

                lines.forget(LAMP);
                var unchanged = "{\"id\":\"" + round + "\",\"output\":\"lamp\",\"status\":\"ok\",\"unchanged\":true}";
                station.launch();
                station.awaitThat(
                        "it is told that it was obeyed before",
                        LIMIT,
                        () -> station.messages("command/result").contains(unchanged));
                assertThat(lines.isHigh(LAMP)).isFalse();
                station.kill();
            }
        }
    }
}
