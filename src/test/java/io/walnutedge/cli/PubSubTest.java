package io.walnutedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.cli.StubbornBroker.Manner;
import io.walnutedge.config.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** {@code pub} and {@code sub} claim what the broker has confirmed, and nothing else. */
@Timeout(60)
class PubSubTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(StubbornBroker broker, Object command, String... arguments) throws Exception {
        var config =
                Files.writeString(directory.resolve("a.conf"), "device.id = a\nmqtt.broker = \"" + broker.url() + '"');
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((trouble, line, parsed) -> Explanation.print(trouble, line.getErr()))
                .execute(java.util.stream.Stream.concat(
                                List.of(arguments).stream(), List.of("-c", config.toString()).stream())
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(Manner.class)
    void pub_endsWell_onlyWhereTheBrokerHasAcknowledged(Manner manner) throws Exception {
        try (var broker = new StubbornBroker(manner, Set.of())) {
            // a connection that was closed is made again after 1 to 2 s
            var patience = Duration.ofSeconds(manner == Manner.CLOSES_ONCE ? 20 : 1);

            var status = run(broker, new PubCommand(patience), "t", "m");

            var isTaken = manner == Manner.ACKNOWLEDGES || manner == Manner.CLOSES_ONCE;
            assertThat(status).as(err.toString()).isEqualTo(isTaken ? Cli.OK : Cli.FAILED);
            assertThat(broker.published).isNotEmpty().containsOnly("t");
            if (isTaken) {
                assertThat(err.toString()).doesNotContain("acknowledged");
            } else {
                assertThat(err.toString()).contains("has not acknowledged the message within 1 s");
            }
        }
    }

    @Test
    void sub_ofARefusedFilter_saysSo_andFails() throws Exception {
        try (var broker = new StubbornBroker(Manner.ACKNOWLEDGES, Set.of("no/#", "$share/g/no"))) {
            assertThat(run(broker, new SubCommand(), "no/#", "$share/g/no")).isEqualTo(Cli.FAILED);
            assertThat(err.toString()).contains("the broker refuses to subscribe to $share/g/no, no/#");
        }
    }

    @Test
    void sub_ofARefusedFilterBesideAnother_printsTheOther_andFails() throws Exception {
        try (var broker = new StubbornBroker(Manner.ACKNOWLEDGES, Set.of("no"))) {
            assertThat(run(broker, new SubCommand(), "no", "yes", "-v", "-n", "1"))
                    .isEqualTo(Cli.FAILED);
            assertThat(out.toString()).isEqualTo("yes !" + System.lineSeparator());
            assertThat(err.toString()).contains("the broker refuses to subscribe to no");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "$share/g/x/#, ''",
        "$share/g/+, ''",
        "$share/g//, ''",
        "$share/g/$SYS/#, ''",
        "$SYS/#, ''",
        "$share, is written",
        "$share/g, is written",
        "$share//x, is written",
        "$share/+/x, is written",
        "$share/g/, it is empty",
        "$share/g/a#, # must stand alone",
        "$share/g/#/a, # must stand alone"
    })
    void filterOfAGroup_isJudged(String filter, String fault) {
        if (fault.isEmpty()) {
            assertThat(Topics.faultOfFilter(filter)).isEmpty();
        } else {
            assertThat(Topics.faultOfFilter(filter)).contains(fault);
        }
    }
}
