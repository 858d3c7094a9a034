package io.walnutedge.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever lasts is told once, then counted, then summed up. On virtual time. */
class RepeatsTest {
    private static final int MOST_AN_HOUR = 20;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int HOUR = 3600;

    private record Line(long second, String text) {}

    private final LoggerContext context = new LoggerContext();
    private final List<Line> lines = new ArrayList<>();
    private long now = Long.MAX_VALUE - 5 * SECOND;
    private final long begin = now;
    private final Repeats repeats = new Repeats(() -> now);

    private void say(Level level, String template, Object... arguments) {
        var logger = context.getLogger("io.walnutedge.Test");
        var said = Said.of(new LoggingEvent("", logger, level, template, null, arguments));
        repeats.judge(said).ifPresent(remark -> told(said.text() + remark));
    }

    private void info(String template, Object... arguments) {
        say(Level.INFO, template, arguments);
    }

    private void warn(String template, Object... arguments) {
        say(Level.WARN, template, arguments);
    }

    private void told(String text) {
        lines.add(new Line(second(), text));
    }

    private long second() {
        return (now - begin) / SECOND;
    }

    private void pass(int seconds, IntConsumer each) {
        for (var i = 0; i < seconds; i++) {
            each.accept(i);
            repeats.due().forEach(told -> told(told.text()));
            now += SECOND;
        }
    }

    private void pass(int seconds) {
        pass(seconds, i -> {});
    }

    private List<String> texts() {
        return lines.stream().map(Line::text).toList();
    }

    /** Relay boards have outputs 1 to 8: each that fails is told by its name. */
    @Test
    void namesOfDigits_areTold_eachOnce() {
        for (var output = 1; output <= 8; output++) {
            warn("output {} failed", Integer.toString(output));
        }
        assertThat(texts()).hasSize(8).doesNotHaveDuplicates();
    }

    /** In any sixty minutes. */
    private int most() {
        var most = 0;
        for (int from = 0, to = 0; to < lines.size(); to++) {
            while (lines.get(to).second() - lines.get(from).second() >= HOUR) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    /** What may last: each is what the daemon says in one second of it. */
    private record State(String name, SecondOf second) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface SecondOf {
        void of(RepeatsTest test, int second);
    }

    private static State state(String name, SecondOf second) {
        return new State(name, second);
    }

    static Stream<State> states() {
        return Stream.of(
                state("a connection that closes every 5 s", (test, i) -> {
                    if (i % 5 == 0) {
                        test.info("{}connected to {}", "", "tcp://192.168.1.7:1883");
                        test.warn("{}: {}", "lost tcp://192.168.1.7:1883", "the connection was closed");
                    }
                }),
                state("one that goes round three brokers and fails in many ways", (test, i) -> {
                    if (i % 7 == 0) {
                        var broker = "tcp://192.168.1." + i % 3 + ":1883";
                        test.info("{}connected to {}", "", broker);
                        test.warn("{}: {}", "lost " + broker, "reason number " + i % 11 + " of eleven");
                        test.warn("alert {}: {}", "link", "connected " + i + " times");
                        test.info("alert {} is over", "link");
                    }
                }),
                state("a sensor that comes and goes", (test, i) -> {
                    test.warn("{}: offline: {}", "room", "no answer");
                    test.info("{}: online after {} failed tries", "room", i % 9);
                }),
                state("a file that holds other garbage each second", (test, i) -> {
                    test.warn("{}: offline: {}", "file", "'" + Integer.toHexString(i * 7919) + "' is no number");
                    test.info("{}: online", "file");
                }),
                state("ten sensors of that kind", (test, i) -> {
                    test.warn("{}: offline: {}", "s" + i % 10, "'" + Integer.toHexString(i * 7919) + "' is no number");
                    test.info("{}: online", "s" + i % 10);
                }),
                state("an output that fails and works again", (test, i) -> {
                    test.warn("output {} failed, its state is unknown: {}; trying again", "lamp", "EIO");
                    test.info("output {} on {} works again", "lamp", "pin 11");
                }),
                state("a reload 20 times a second", (test, i) -> {
                    for (var each = 0; each < 20; each++) {
                        test.info("configuration loaded again: {}", "nothing has changed");
                    }
                }),
                state(
                        "a configuration with mistakes, loaded each second",
                        (test, i) -> test.say(
                                Level.ERROR, "the configuration was not loaded again:\n{}", "a.conf:3: no such key")),
                state(
                        "readings dropped each second",
                        (test, i) -> test.warn(
                                "the queue is full: the oldest readings were dropped, {}",
                                i % 100 + " of room, " + i + " of b")),
                state("a hundred sensors on a bad bus", (test, i) -> {
                    test.warn("{}: offline: {}", "s" + i % 100, "i2c-1 hangs");
                    test.info("{}: online after {} failed tries", "s" + i % 100, i);
                }),
                state("something each twenty minutes, in thirty places", (test, i) -> {
                    if (i % 1200 < 30) {
                        test.warn("{}: offline: {}", "s" + i % 1200, "no answer");
                    }
                }),
                state("something each two hours, in fifty places", (test, i) -> {
                    if (i % 7200 < 50) {
                        test.warn("{}: offline: {}", "s" + i % 7200, "no answer");
                    }
                }));
    }

    /** Whatever is new is told in the first hours; behind them the bound holds in any sixty minutes. */
    @ParameterizedTest
    @MethodSource("states")
    void whatLasts_isAtMost20LinesInAnyHour_andNothingIsUncounted(State state) {
        pass(4 * HOUR, i -> state.second().of(this, i));
        var news = lines.stream().filter(line -> line.second() < 2 * HOUR).count();
        assertThat(news).isPositive();
        lines.removeIf(line -> line.second() < 2 * HOUR);
        assertThat(most()).as(() -> String.join("\n", texts())).isBetween(1, MOST_AN_HOUR);
    }

    @ParameterizedTest
    @MethodSource("states")
    void eachSubject_isToldAtOnce(State state) {
        state.second().of(this, 0);
        assertThat(lines)
                .isNotEmpty()
                .allMatch(line -> line.second() == 0 && !line.text().contains("times in the last"));
    }

    @Test
    void flappingConnection_fromItsFirstMinuteOn_isAtMost20Lines() {
        pass(3 * HOUR, i -> states().findFirst().orElseThrow().second().of(this, i));
        assertThat(most()).isLessThanOrEqualTo(MOST_AN_HOUR);
        assertThat(texts())
                .startsWith(
                        "connected to tcp://192.168.1.7:1883",
                        "lost tcp://192.168.1.7:1883: the connection was closed",
                        "connected to tcp://192.168.1.7:1883 (2 times in the last 10 s)")
                .contains("lost tcp://192.168.1.7:1883: the connection was closed (720 times in the last 60 min)");
    }

    @Test
    void lastWord_isToldSoon_whenItIsOver() {
        info("connected");
        warn("{}: {}", "lost it", "gone");
        pass(3);
        info("connected");
        warn("{}: {}", "lost it", "gone");
        pass(8);
        info("connected");
        pass(60);
        assertThat(texts())
                .containsExactly(
                        "connected",
                        "lost it: gone",
                        "connected (7 s ago)",
                        "lost it: gone (7 s ago)",
                        "connected (59 s ago)");
    }

    @Test
    void rareThing_isToldAtOnceEachTime() {
        for (var i = 0; i < 5; i++) {
            warn("{}: {}", "lost it", "gone");
            pass(2 * HOUR);
        }
        assertThat(lines)
                .hasSize(5)
                .allMatch(line -> line.text().equals("lost it: gone") && line.second() % (2 * HOUR) == 0);
    }

    @Test
    void countOfAll_isRight() {
        var said = 3 * HOUR * 2;
        pass(3 * HOUR, i -> {
            warn("{}: {}", "a", "x");
            warn("{}: {}", "b", "x");
        });
        repeats.rest().forEach(told -> told(told.text()));
        var counted = texts().stream()
                .mapToLong(text ->
                        text.contains("(") ? Long.parseLong(text.replaceFirst(".*\\(([0-9]+) times.*", "$1")) : 1)
                .sum();
        assertThat(counted).isEqualTo(said);
    }

    @Test
    void figures_areNotWhatALineIsAbout_butNamesAndAddressesAre() {
        warn("{}: {}", "a", "12 of 30 failed (3 s)");
        warn("{}: {}", "a", "7 of 30 failed (400 s)");
        assertThat(texts()).containsExactly("a: 12 of 30 failed (3 s)");
        for (var name : List.of(
                "s1",
                "s2",
                "i2c-1",
                "i2c-2",
                "0x44",
                "0x45",
                "10.0.0.1:1883",
                "10.0.0.2:1883",
                "/dev/tty1",
                "/dev/tty2")) {
            warn("{}: {}", name, "gone");
        }
        assertThat(lines).hasSize(11);
    }

    @Test
    void levelAndFault_tellLinesApart() {
        warn("it failed");
        say(Level.ERROR, "it failed");
        var logger = context.getLogger("io.walnutedge.Test");
        var other = Said.of(new LoggingEvent("", logger, Level.ERROR, "it failed", new IllegalStateException(), null));
        assertThat(repeats.judge(other)).contains("");
        assertThat(lines).hasSize(2);
    }

    @Test
    void memory_isBounded_underEverNewLines() {
        pass(2 * HOUR, i -> IntStream.range(0, 5).forEach(each -> warn("{}: {}", "x" + i + "-" + each, "gone")));
        assertThat(repeats.size()).isLessThanOrEqualTo(2 * 512);
        lines.removeIf(line -> line.second() < HOUR);
        assertThat(most()).isLessThanOrEqualTo(MOST_AN_HOUR);
    }

    @Test
    void rest_tellsWhatWasCounted_inAFewLines() {
        for (var i = 0; i < 80; i++) {
            warn("{}: {}", "s" + i % 40, "gone");
        }
        assertThat(lines).hasSize(40);
        var rest = repeats.rest();
        assertThat(rest).hasSize(Repeats.MOST);
        assertThat(rest.get(0).text())
                .isEqualTo("31 lines were said again, 31 times in all, the last one of them: s30: gone");
        assertThat(repeats.rest()).isEmpty();
    }
}
