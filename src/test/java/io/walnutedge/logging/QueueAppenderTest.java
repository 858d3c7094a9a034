package io.walnutedge.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.walnutedge.config.LogConfig;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;

/** Who logs never waits for standard error, whatever that does. */
@Timeout(60)
class QueueAppenderTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration NOT_LONG = Duration.ofMillis(50);
    private static final String LOST = "<4>[0-9]+ log lines were lost: they were not taken in time";

    private final LoggerContext context = new LoggerContext();
    private final SlowReader reader = new SlowReader();
    private QueueAppender appender;
    private Logger log;

    @BeforeEach
    void configure() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        appender = LogSetup.configure(context, true, reader, System::nanoTime);
        LogSetup.level(context, LogConfig.Level.DEBUG);
        log = context.getLogger("io.walnutedge.Test");
    }

    private void stopReader() throws InterruptedException {
        reader.stop();
        log.info("this one hangs");
        reader.awaitWriter();
    }

    private static long lost(List<String> lines) {
        return lines.stream()
                .filter(line -> line.matches(LOST))
                .mapToLong(line -> Long.parseLong(line.substring("<4>".length(), line.indexOf(' '))))
                .sum();
    }

    @Test
    void linesThatWait_comeInTheirOrder_asTheyWereWhenTheyWereLogged() throws Exception {
        stopReader();
        var changing = new ArrayList<>(List.of(1));
        log.warn("it is {}", changing);
        changing.add(2);
        log.error("it is {}", changing, new IllegalStateException("by the test"));
        assertThat(appender.finish(NOT_LONG)).isFalse();
        reader.resume();
        assertThat(appender.finish(SOON)).isTrue();
        assertThat(reader.lines())
                .startsWith("<6>this one hangs", "<4>it is [1]", "<3>it is [1, 2]")
                .contains("<3>java.lang.IllegalStateException: by the test");
    }

    @Test
    void flood_isBounded_andWhatIsLostIsCountedInItsPlace() throws Exception {
        stopReader();
        var flood = 100_000;
        for (var i = 0; i < flood; i++) {
            log.debug("line {}", i);
        }
        reader.resume();
        assertThat(appender.finish(SOON)).isTrue();
        log.info("after it");
        assertThat(appender.finish(SOON)).isTrue();
        var lines = reader.lines();
        var told = lines.stream().filter(line -> line.contains(": line ")).toList();
        assertThat(told)
                .containsExactlyElementsOf(IntStream.range(0, told.size())
                        .mapToObj(i -> "<7>[" + Thread.currentThread().getName() + "] Test: line " + i)
                        .toList());
        assertThat(lost(lines)).isEqualTo(flood - told.size());
        assertThat(lines.stream().mapToInt(String::length).sum()).isLessThan(2 * LineQueue.MOST_BYTES);
        assertThat(lines.subList(lines.size() - 2, lines.size()))
                .satisfiesExactly(
                        line -> assertThat(line).matches(LOST),
                        line -> assertThat(line).isEqualTo("<6>after it"));
    }

    @Test
    void lineThatIsLongerThanTheRoom_isTaken_andNothingBehindItMeanwhile() throws Exception {
        stopReader();
        log.info("{}", "x".repeat(3 * LineQueue.MOST_BYTES));
        log.warn("no room");
        reader.resume();
        assertThat(appender.finish(SOON)).isTrue();
        assertThat(reader.lines()).hasSize(3).last().isEqualTo("<4>1 log lines were lost: they were not taken in time");
    }

    @Test
    void fullDisk_isCounted_andToldWhenThereIsRoom() throws Exception {
        reader.fail();
        log.info("one");
        log.info("two");
        assertThat(appender.finish(NOT_LONG)).isFalse();
        reader.resume();
        assertThat(appender.finish(SOON)).isTrue();
        log.info("three");
        assertThat(appender.finish(SOON)).isTrue();
        var told = reader.lines().stream()
                .filter(line -> line.startsWith("<6>t") || line.startsWith("<6>o"))
                .count();
        assertThat(lost(reader.lines()) + told).isEqualTo(3);
        assertThat(reader.lines()).last().isEqualTo("<6>three");
    }

    @Test
    void standardError_isAsPatient() throws Exception {
        stopReader();
        try (var err = new PrintStream(new QueueStream(appender.queue()), true, StandardCharsets.UTF_8)) {
            err.print("in ");
            err.println("parts");
            new IllegalStateException("by the test").printStackTrace(err);
            err.print("no end");
        }
        reader.resume();
        assertThat(appender.finish(SOON)).isTrue();
        assertThat(reader.lines())
                .startsWith("<6>this one hangs", "in parts", "java.lang.IllegalStateException: by the test")
                .last()
                .isEqualTo("no end");
    }
}
