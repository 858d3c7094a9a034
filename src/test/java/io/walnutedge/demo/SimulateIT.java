package io.walnutedge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Program;
import io.walnutedge.testkit.Subscriber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code simulate} at a broker where the board is, too. */
class SimulateIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Mosquitto broker;
    private Path config;

    @BeforeEach
    void start() throws Exception {
        broker = Mosquitto.start(directory);
        config = Files.writeString(directory.resolve("a.conf"), """
            device { id = greenhouse, name = Greenhouse }
            mqtt { broker = "%s", discovery = device, homie = true, client-id = the-board }
            sensors { hello { type = text, text = x, topic = Temperature, every = 500 ms } }
            outputs { lamp { pin = 11 }, pump { pin = 13, topic = pump } }
            """.formatted(broker.uri()));
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    /** Topics and payloads of all that came while it ran. */
    private List<String> run(String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("simulate", "--own-broker", "--plain", "-c", config.toString()));
        arguments.addAll(List.of(more));
        try (var seen = Subscriber.start(broker, "#");
                var program = Program.start(Map.of(), arguments.toArray(String[]::new))) {
            assertThat(program.end(LIMIT)).as(program.text()).isZero();
            assertThat(program.text()).doesNotContain("Exception");
            return seen.lines();
        }
    }

    @Test
    void atTheBoardsBroker_itIsAnother_andSwitchesNothingOfTheBoard() throws Exception {
        var lines = run("--for", "4s");
        assertThat(lines)
                .anyMatch(line -> line.contains("greenhouse-simulation/Temperature x"))
                .anyMatch(line -> line.contains("greenhouse-simulation/pump/set TOGGLE"))
                .anyMatch(line -> line.contains("walnutpi/greenhouse-simulation/status online"))
                .anyMatch(line -> line.contains("homeassistant/device/greenhouse-simulation-"))
                .anyMatch(line -> line.contains("homie/5/greenhouse-simulation/$state "))
                .noneMatch(line -> line.matches(".*greenhouse(?!-simulation).*"))
                .noneMatch(line -> line.matches("[01] (Temperature|pump)[ /].*"));
    }

    @Test
    void toldTwice_itIsTheBoard_andSwitchesNothingAllTheSame() throws Exception {
        var lines = run("--as-the-board", "--for", "4s");
        assertThat(lines)
                .anyMatch(line -> line.contains("Temperature x"))
                .anyMatch(line -> line.contains("walnutpi/greenhouse/status online"))
                .noneMatch(line -> line.contains("simulation"))
                .noneMatch(line -> line.contains("TOGGLE"));
    }

    @Test
    void asTheBoard_withoutItsBroker_isRefused() throws Exception {
        try (var program = Program.start(Map.of(), "simulate", "--as-the-board", "-c", config.toString())) {
            assertThat(program.end(LIMIT)).isEqualTo(1);
            assertThat(program.text()).contains("--as-the-board needs --own-broker");
        }
    }
}
