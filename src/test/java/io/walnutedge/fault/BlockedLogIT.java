package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.testkit.Subscriber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody reads what the daemon writes to standard error: it keeps all its promises, and ends when it is asked to. */
class BlockedLogIT {
    private static final int LAMP = 73;
    private static final int TERMINATED = 143;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration GONE = Duration.ofSeconds(5);
    private static final String SET = "walnutpi/" + Station.DEVICE + "/lamp/set";

    /** A second, and what a busy machine takes to notice that the connection is cut. */
    private static final Duration LOSS = Duration.ofSeconds(4);

    @TempDir
    Path directory;

    /** What standard error is; the first write to it does not return. */
    enum Log {
        FULL_PIPE("exec 2> >(while kill -0 $$; do sleep 0.3; done >/dev/null 2>&1)"),
        /** As one on which Ctrl-S was pressed: what shows it takes nothing any more. */
        STOPPED_TERMINAL("""
            socat -u pty,raw,echo=0,link=$1/tty open:/dev/null >/dev/null 2>&1 & shown=$!
            until [ -e $1/tty ]; do sleep 0.05; done
            kill -STOP $shown; (while kill -0 $$; do sleep 0.3; done; kill -KILL $shown) >/dev/null 2>&1 &
            exec 2>$1/tty\
            """);

        private final String script;

        Log(String script) {
            this.script = script;
        }

        List<String> before(Path directory) {
            var fill = "\ntimeout 0.5 yes >&2; touch $1/full; shift; exec \"$@\"";
            return List.of("bash", "-c", script + fill, "log", directory.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void outputsGoToTheirSafeState_commandsAreObeyed_andItEnds(Log log) throws Exception {
        var lines = new FakeLines(directory.resolve("sys"), LAMP);
        var setup = Setup.of(1, Duration.ofMillis(200))
                .behind(log.before(directory))
                .with("device.sys-root = \"" + directory.resolve("sys") + "\"")
                .with("log.level = trace")
                .with("outputs.lamp { pin = gpio" + LAMP + ", link-loss-after = 1 s }");
        try (var station = new Station(directory, setup)) {
            var connected = station.connection();
            station.start();
            assertThat(directory.resolve("full")).exists();
            station.awaitThat("connected", SOON, connected);
            switchOn(station, lines);

            station.broker().kill();
            assertThat(Station.isSoon(LOSS, () -> !lines.isHigh(LAMP)))
                    .as("safe without a broker")
                    .isTrue();

            var again = station.connection();
            station.broker().start();
            station.awaitThat("connected again", SOON, again);
            switchOn(station, lines);

            var begin = System.nanoTime();
            station.daemon().terminate();
            assertThat(station.daemon().end(SOON)).isEqualTo(TERMINATED);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(GONE);
            assertThat(lines.isHigh(LAMP)).isFalse();
            assertThat(station.daemon().output()).as("nothing came through").isEmpty();
            assertThat(Files.exists(station.store())).isTrue();
        }
    }

    private static void switchOn(Station station, FakeLines lines) {
        Subscriber.publish(station.broker(), SET, "ON");
        station.awaitThat("on", SOON, () -> lines.isHigh(LAMP));
    }
}
