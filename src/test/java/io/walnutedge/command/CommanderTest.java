package io.walnutedge.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.config.CommandsConfig;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.control.VirtualLoop;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.json.JsonException;
import io.walnutedge.json.JsonReader;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.reading.IntervalBounds;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.ValueRange;
import io.walnutedge.state.StateFile;
import io.walnutedge.text.TimeText;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommanderTest {
    private static final String SET = "w/d/pump/set";
    private static final String DIM = "w/d/dim/set";
    private static final String ALL = "w/d/command";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final VirtualLoop loop = new VirtualLoop(4);
    private final List<String> obeyed = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private static final CommandsConfig EVERYTHING = commands("");

    private static Role role(String topic) {
        return Roles.find(CommandTopics.of(ALL, EVERYTHING, OUTPUTS), topic);
    }

    private static CommandsConfig commands(String hocon) {
        return CommandsConfig.from(ConfigFile.parse(hocon, new Problems()));
    }

    private static final List<OutputConfig> OUTPUTS =
            List.of(output("pump", SET), output("lamp", "w/d/lamp/set"), output("fan", "fan/do"), output("dim", DIM));
    private int excess;
    private Instant now = NOW;
    private boolean synchronised = true;
    private final CommandTargets names = new CommandTargets(
            Stream.of("pump", "lamp", "fan", "dim").map(ItemId::new).toList(),
            Map.of(new ItemId("dim"), ValueRange.PERCENT),
            Map.of(
                    new ItemId("room"), IntervalBounds.OUTERMOST,
                    new ItemId("tank"), IntervalBounds.OUTERMOST));
    private final StateFile state = new StateFile(Path.of("nowhere"));
    private LeastGaps gaps = new LeastGaps(loop::nanoTime, state, "boot");
    private Commander commander = commander(1_000_000, 1_000_000);

    private Commander commander(int rate, int ratePerOutput) {
        return new Commander(
                loop,
                EVERYTHING.allow(),
                names,
                new Gatekeeper(() -> now, () -> synchronised, gaps),
                new RateLimit(loop::nanoTime, rate, ratePerOutput, names.outputs()),
                new DesiredStates(loop, Set.of(new ItemId("lamp")), state),
                new Hands(),
                new Senses(),
                new Voice());
    }

    private static OutputConfig output(String name, String setTopic) {
        var settings = ConfigFile.parse("set-topic = \"" + setTopic + "\"", new Problems());
        return OutputConfig.from(
                settings,
                new ItemId(name),
                "w/d",
                name.equals("dim") ? Optional.of(ValueRange.PERCENT) : Optional.empty(),
                false);
    }

    private final class Voice implements Commander.Answers {
        @Override
        public void answer(String json) {
            answers.add(json);
        }

        @Override
        public void excess(String json) {
            answers.add(json);
            excess++;
        }
    }

    private final class Senses implements DaemonControl {
        @Override
        public boolean readNow(ItemId sensor) {
            obeyed.add("read " + sensor);
            return true;
        }

        @Override
        public boolean interval(ItemId sensor, Duration every) {
            obeyed.add("interval " + sensor + " " + TimeText.of(every));
            return true;
        }

        @Override
        public boolean reload() {
            return obeyed.add("reload");
        }

        @Override
        public int readAll() {
            obeyed.add("read all");
            return 2;
        }

        @Override
        public boolean restart() {
            return obeyed.add("restart");
        }

        @Override
        public JsonWriter health() {
            return new JsonWriter().put("uptime", 7);
        }

        @Override
        public JsonWriter status() {
            return new JsonWriter().put("id", "d");
        }
    }

    private final class Hands implements Switches {
        @Override
        public void requireReady(SwitchCommand command) {
            // whatever fails does so in the act
        }

        @Override
        public Switched apply(SwitchCommand command) throws RefusedException {
            return obey(command);
        }

        @Override
        public Map<ItemId, Switched> applyAll(List<SwitchCommand> commands) throws RefusedException {
            var done = new LinkedHashMap<ItemId, Switched>();
            for (var command : commands) {
                done.put(command.output(), obey(command));
            }
            return done;
        }

        @Override
        public Map<ItemId, Switched> states() {
            return Map.of(new ItemId("pump"), switched(true, Duration.ZERO));
        }
    }

    private static Switches.Switched switched(boolean on, Duration remaining) {
        return new Switches.Switched(on, OptionalDouble.empty(), remaining, Duration.ZERO, Optional.empty());
    }

    private Switches.Switched obey(SwitchCommand command) throws RefusedException {
        if (command.output().value().equals("fan")) {
            throw new RefusedException(Refusal.UNAVAILABLE, "output 'fan' is unavailable: no line");
        }
        if (command.id().filter("bug"::equals).isPresent()) {
            throw new IllegalStateException("as planned");
        }
        var hold = command.hold();
        obeyed.add(command.output() + " " + command.action()
                + (command.level().isPresent()
                        ? " " + Math.round(command.level().getAsDouble() * 1000) / 10.0 + " %"
                        : "")
                + command.fade().map(time -> " in " + TimeText.of(time)).orElse("")
                + hold.map(time -> " " + TimeText.of(time)).orElse(""));
        return switched(command.action().from(false), hold.orElse(Duration.ZERO));
    }

    /** Sends a message and returns its one answer. */
    private String send(String topic, byte[] payload) {
        answers.clear();
        commander.arrived(role(topic), payload, false);
        loop.run();
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }

    private String send(String topic, String payload) {
        return send(topic, payload.getBytes(UTF_8));
    }

    private String error(String topic, String payload) throws JsonException {
        var before = List.copyOf(obeyed);
        var answer = JsonReader.object(send(topic, payload), 1);
        assertThat(answer).containsEntry("status", "error");
        assertThat(obeyed).isEqualTo(before);
        return String.valueOf(answer.get("error"));
    }

    @ParameterizedTest
    @CsvSource({
        "ON, ON",
        "on, ON",
        "On, ON",
        "1, ON",
        "true, ON",
        "TRUE, ON",
        "OFF, OFF",
        "off, OFF",
        "0, OFF",
        "False, OFF",
        "TOGGLE, TOGGLE",
        "toggle, TOGGLE",
        "'  ON\r\n', ON",
        "'\tOFF ', OFF",
        "ON 500 ms, ON 500 ms",
        "ON 500ms, ON 500 ms",
        "off  2 min, OFF 2 min",
        "toggle 1.5 s, TOGGLE 1500 ms"
    })
    void setTopic_takesAState(String payload, String expected) {
        send(SET, payload);
        assertThat(obeyed).containsExactly("pump " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"state\":\"ON\"} | pump ON",
                "{\"state\":true} | pump ON",
                "{\"state\":0} | pump OFF",
                "{\"state\":\"toggle\",\"for\":\"500 ms\",\"id\":\"42\"} | pump TOGGLE 500 ms",
                "{\"output\":\"pump\",\"state\":\"OFF\"} | pump OFF",
                "{\"set_on_ms\":500} | pump ON 500 ms",
                "{\"set_off_ms\":1500} | pump OFF 1500 ms"
            })
    void setTopic_takesJson(String payload, String expected) {
        send(SET, payload);
        assertThat(obeyed).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pump ON | pump ON",
                "lamp  off | lamp OFF",
                "pump ON 500 ms | pump ON 500 ms",
                "pump toggle 1 h | pump TOGGLE 1 h",
                "{\"output\":\"lamp\",\"state\":\"ON\",\"for\":\"500 ms\",\"id\":\"42\"} | lamp ON 500 ms",
                "{\"output\":\"lamp\",\"set_on_ms\":20} | lamp ON 20 ms"
            })
    void commandTopic_takesOutputAndState(String payload, String expected) {
        send(ALL, payload);
        assertThat(obeyed).containsExactly(expected);
    }

    @Test
    void millisecondTopics_ofMqttIo_takeANumber() {
        send(SET + "_on_ms", "500");
        send(SET + "_off_ms", " 1500.5\n");
        assertThat(obeyed).containsExactly("pump ON 500 ms", "pump OFF 1500500 us");
    }

    @Test
    void millisecondTopics_refuseAnythingElse() throws JsonException {
        assertThat(error(SET + "_on_ms", "500 ms"))
                .isEqualTo("'set_on_ms' '500 ms' is not a number of milliseconds, as in 500");
        assertThat(error(SET + "_on_ms", "0")).isEqualTo("'set_on_ms' is out of range; accepted: 1 ms to 7 d");
        assertThat(error(SET + "_on_ms", "999999999999999")).contains("out of range");
        assertThat(error(SET + "_off_ms", "{\"state\":\"ON\"}")).contains("not a number of milliseconds");
        assertThat(error(SET + "_off_ms", "-5")).contains("not a number of milliseconds");
    }

    @Test
    void topics_areTheCommandTopic_andEachSetTopicWithItsAliases() {
        assertThat(CommandTopics.of(ALL, EVERYTHING, OUTPUTS).stream().map(Role::topic))
                .containsExactly(
                        ALL,
                        SET,
                        SET + "_on_ms",
                        SET + "_off_ms",
                        "w/d/lamp/set",
                        "w/d/lamp/set_on_ms",
                        "w/d/lamp/set_off_ms",
                        "fan/do",
                        DIM,
                        DIM + "_on_ms",
                        DIM + "_off_ms");
    }

    @Test
    void answer_saysWhatWasDone() {
        assertThat(send(SET, "ON")).isEqualTo("{\"output\":\"pump\",\"status\":\"ok\",\"state\":\"ON\"}");
        assertThat(send(ALL, "{\"output\":\"pump\",\"state\":\"ON\",\"for\":\"500 ms\",\"id\":42}"))
                .isEqualTo("{\"id\":\"42\",\"output\":\"pump\",\"status\":\"ok\",\"state\":\"ON\",\"remaining\":\"500"
                        + " ms\"}");
    }

    @Test
    void answer_toAMistake_saysWhatIsAccepted() {
        assertThat(send(ALL, "pmup ON"))
                .isEqualTo(
                        "{\"status\":\"error\",\"code\":\"unknown-output\",\"error\":\"no output 'pmup'; did you mean"
                                + " 'pump'?\"}");
        assertThat(send(ALL, "{\"output\":\"pmup\",\"state\":\"ON\",\"id\":\"42\"}"))
                .isEqualTo(
                        "{\"id\":\"42\",\"status\":\"error\",\"code\":\"unknown-output\",\"error\":\"no output 'pmup';"
                                + " did you mean 'pump'?\"}");
        assertThat(send(ALL, "{\"output\":\"pump\",\"stat\":\"ON\",\"id\":\"42\"}"))
                .isEqualTo(
                        "{\"id\":\"42\",\"output\":\"pump\",\"status\":\"error\",\"code\":\"bad-command\",\"error\":\"unknown"
                                + " key 'stat'; did you mean 'state'?\"}");
        assertThat(send(SET, "{\"id\":\"1\",\"state\":\"ONN\"}"))
                .isEqualTo(
                        "{\"id\":\"1\",\"output\":\"pump\",\"status\":\"error\",\"code\":\"bad-command\",\"error\":\"'ONN'"
                                + " is no state; accepted: ON, OFF, TOGGLE, 1, 0, true, false\"}");
        assertThat(send(ALL, "fan ON"))
                .isEqualTo("{\"output\":\"fan\",\"status\":\"error\","
                        + "\"code\":\"unavailable\",\"error\":\"output 'fan' is unavailable: no line\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "w/d/pump/set | ONN | 'ONN' is no state",
                "w/d/pump/set | 2 | '2' is no state",
                "w/d/pump/set | lamp ON | 'lamp' is no state",
                "w/d/pump/set | [] | '[]' is no state",
                "w/d/pump/set | ON 500 | 'for' 500 has no unit; write 500 s or 500 ms",
                "w/d/pump/set | ON 0 ms | 'for' is out of range",
                "w/d/pump/set | ON 8 d | 'for' is out of range",
                "w/d/pump/set | ON -5 s | 'for' '-5 s' is not a time",
                "w/d/pump/set | ON 5 parsecs | is not a time",
                "w/d/pump/set | ON 99999999999999999999 s | is not a time",
                "w/d/command | ON | 'ON' is half a command; write OUTPUT STATE",
                "w/d/command | PUMP ON | no output 'PUMP'; did you mean 'pump'?",
                "w/d/command | {\"state\":\"ON\"} | 'output' is missing",
                "w/d/command | {\"output\":7,\"state\":\"ON\"} | 'output' is not a text",
                "w/d/command | {\"output\":null,\"state\":\"ON\"} | 'output' is not a text",
                "w/d/pump/set | {\"output\":\"lamp\",\"state\":\"ON\"} | 'output' is 'lamp' on the topic of 'pump'",
                "w/d/pump/set | {} | 'state' is missing",
                "w/d/pump/set | {\"state\":null} | 'state' has the wrong type",
                "w/d/pump/set | {\"state\":{}} | 'state' has the wrong type",
                "w/d/pump/set | {\"state\":2} | '2' is no state",
                "w/d/pump/set | {\"state\":1e999999999} | is no state",
                "w/d/pump/set | {\"state\":\"ON\",\"for\":500} | 'for' is not a text such as \"500 ms\"",
                "w/d/pump/set | {\"state\":\"ON\",\"for\":\"500\"} | 'for' 500 has no unit",
                "w/d/pump/set | {\"state\":\"ON\",\"for\":null} | 'for' is not a text",
                "w/d/pump/set | {\"state\":\"ON\",\"state\":\"OFF\"} | a key is given twice",
                "w/d/pump/set | {\"State\":\"ON\"} | unknown key 'State'; did you mean 'state'?",
                "w/d/pump/set | {\"state\":\"ON\",\"brightness\":5} | unknown key 'brightness'; accepted: output,"
                        + " state",
                "w/d/pump/set | {\"state\":\"ON\",\"id\":\"\"} | 'id' is not a text of 1 to 64 characters",
                "w/d/pump/set | {\"state\":\"ON\",\"id\":1.5} | 'id' is not a text",
                "w/d/pump/set | {\"state\":\"ON\",\"id\":[]} | 'id' is not a text",
                "w/d/pump/set | {\"state\":\"ON\",\"id\":\"a\\u0000\"} | 'id' is not a text",
                "w/d/pump/set | {\"state\":\"ON\",\"set_on_ms\":5} | 'set_on_ms' does not go with 'state'",
                "w/d/pump/set | {\"set_on_ms\":5,\"set_off_ms\":5} | 'set_on_ms' does not go with 'set_off_ms'",
                "w/d/pump/set | {\"set_on_ms\":\"5\"} | 'set_on_ms' is not a number",
                "w/d/pump/set | {\"set_on_ms\":1e999999999} | is not a number of milliseconds",
                "w/d/pump/set | {\"state\":\"ON\",\"time\":\"yesterday\"} | 'time' 'yesterday' is neither",
                "w/d/pump/set | {\"state\":\"ON\",\"time\":\"2026-01-02T03:04:05\"} | is neither",
                "w/d/pump/set | {\"state\":\"ON\",\"time\":1.5} | is neither",
                "w/d/pump/set | {\"state\":\"ON\",\"time\":1e999999999} | is neither",
                "w/d/pump/set | {\"state\":\"ON\",\"time\":true} | 'time' is neither a text nor a number",
                "w/d/pump/set | {\"state\":\"ON\",\"ttl\":\"5 s\"} | 'ttl' needs 'time' beside it",
                "w/d/pump/set | {\"state\":\"ON\",\"time\":1,\"ttl\":5} | 'ttl' is not a text",
                "w/d/pump/set | {\"state\":NaN} | not valid JSON at line 1, character 10",
                "w/d/pump/set | {\"state\":\"ON\"} x | text after the end",
                "w/d/pump/set | {\"state\":\"\\ud800\"} | half a surrogate pair"
            })
    void command_withAMistake_isRefusedWithTheReason(String topic, String payload, String reason) throws JsonException {
        assertThat(error(topic, payload)).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\r\n",
                "O\0N",
                "ON\0",
                "ON\u001b[2J",
                "ON\tx",
                "{\"state\":\"ON\u0001\"}",
                "ON\u0085",
                "\uFEFFON",
                "oﬀ"
            })
    void payload_thatIsEmptyOrHasControlCharacters_isRefused(String payload) throws JsonException {
        assertThat(error(SET, payload)).isNotEmpty();
    }

    @Test
    void payload_thatIsNotUtf8_isRefused() {
        for (var bytes : List.of(
                new byte[] {(byte) 0xff},
                new byte[] {'O', 'N', (byte) 0xc3},
                new byte[] {(byte) 0xc0, (byte) 0x80},
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                new byte[] {(byte) 0xf8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80})) {
            assertThat(send(SET, bytes)).contains("\"error\":\"a command that is not valid UTF-8\"");
        }
        assertThat(obeyed).isEmpty();
    }

    @Test
    void payload_of4096Bytes_isRead_andOneMoreIsRefused() {
        send(SET, "ON" + " ".repeat(4094));
        assertThat(obeyed).containsExactly("pump ON");
        for (var size : new int[] {4097, 1 << 20}) {
            var long1 = new byte[size];
            Arrays.fill(long1, (byte) ' ');
            long1[0] = '1';
            assertThat(send(SET, long1))
                    .isEqualTo(
                            "{\"output\":\"pump\",\"status\":\"error\",\"code\":\"too-large\",\"error\":\"a command of"
                                    + " more than 4096 bytes\"}");
        }
        assertThat(obeyed).hasSize(1);
    }

    @Test
    void payload_thatIsNestedDeep_isRefused() throws JsonException {
        assertThat(error(SET, "{\"state\":" + "[".repeat(2000) + "]".repeat(2000) + "}"))
                .contains("nested too deep");
        assertThat(error(SET, "{\"a\":".repeat(10_000))).contains("more than 4096 bytes");
    }

    @Test
    void textOfASender_isShownShortAndHarmless() throws JsonException {
        assertThat(error(SET, "x".repeat(4000))).hasSizeLessThan(120);
        assertThat(error(ALL, "x".repeat(4000) + " ON")).hasSizeLessThan(120);
        assertThat(error(SET, "{\"" + "k".repeat(4000) + "\":1}")).hasSizeLessThan(160);
        assertThat(error(SET, "{\"state\":\"\\u001b[2J\\u202e\"}")).startsWith("'\\u001b[2J\\u202e' is no state");
    }

    @Test
    void retainedCommand_isNotObeyed_andReported() {
        for (var topic : List.of(SET, SET + "_on_ms", ALL)) {
            answers.clear();
            commander.arrived(role(topic), "500".getBytes(UTF_8), true);
            loop.run();
            assertThat(answers).hasSize(1);
            assertThat(answers.get(0)).contains("\"error\":\"retained command ignored;");
        }
        commander.arrived(role(SET), "ON".getBytes(UTF_8), true);
        loop.run();
        assertThat(obeyed).isEmpty();
    }

    @Test
    void command_isObeyedOnTheLoop_andNotByTheCaller() {
        commander.arrived(role(SET), "ON".getBytes(UTF_8), false);
        assertThat(obeyed).isEmpty();
        assertThat(answers).isEmpty();
        loop.run();
        assertThat(obeyed).containsExactly("pump ON");
    }

    @Test
    void fullQueue_isAnsweredBusy_andEachCommandOnce() {
        for (var i = 0; i < 10; i++) {
            commander.arrived(role(SET), "ON".getBytes(UTF_8), false);
        }
        assertThat(answers).hasSize(6);
        assertThat(answers)
                .containsOnly("{\"output\":\"pump\",\"status\":\"error\",\"code\":\"busy\",\"error\":\"busy: too many"
                        + " commands wait\"}");
        loop.run();
        assertThat(obeyed).hasSize(4);
        assertThat(answers).hasSize(10);
    }

    @Test
    void faultInTheDaemon_isAnsweredOnce_andLeftToTheLoop() {
        commander.arrived(role(SET), "{\"state\":\"ON\",\"id\":\"bug\"}".getBytes(UTF_8), false);
        assertThatThrownBy(loop::run).hasMessage("as planned");
        assertThat(answers)
                .containsExactly(
                        "{\"status\":\"error\",\"code\":\"fault\",\"error\":\"a fault in the daemon, see its log\"}");
    }

    @Test
    void id_thatWasObeyed_isRefusedAsDuplicate() throws JsonException {
        send(SET, "{\"state\":\"TOGGLE\",\"id\":\"42\"}");
        assertThat(error(SET, "{\"state\":\"TOGGLE\",\"id\":\"42\"}")).startsWith("duplicate");
        assertThat(error(ALL, "{\"output\":\"lamp\",\"state\":\"ON\",\"id\":42}"))
                .startsWith("duplicate");
        assertThat(answers.get(0)).startsWith("{\"id\":\"42\",\"output\":\"lamp\",");
        assertThat(obeyed).containsExactly("pump TOGGLE");
    }

    @Test
    void id_ofACommandWithAMistake_mayBeUsedAgain() throws JsonException {
        error(SET, "{\"state\":\"ONN\",\"id\":\"42\"}");
        send(SET, "{\"state\":\"ON\",\"id\":\"42\"}");
        assertThat(obeyed).containsExactly("pump ON");
    }

    @Test
    void ids_areRememberedFor256Commands() throws JsonException {
        for (var i = 0; i < 257; i++) {
            send(SET, "{\"state\":\"ON\",\"id\":" + i + "}");
        }
        assertThat(error(SET, "{\"state\":\"ON\",\"id\":1}")).startsWith("duplicate");
        send(SET, "{\"state\":\"ON\",\"id\":0}");
        assertThat(obeyed).hasSize(258);
    }

    @Test
    void command_whoseTimeAndTtlHavePassed_isRefused() throws JsonException {
        var command = "{\"state\":\"ON\",\"time\":\"2026-01-02T03:04:00Z\",\"ttl\":\"5 s\",\"id\":\"%s\"}";
        send(SET, command.formatted("in time"));
        now = NOW.plusMillis(1);
        assertThat(error(SET, command.formatted("late"))).startsWith("too late: its time was 5 s ago");
        assertThat(obeyed).containsExactly("pump ON");
    }

    @Test
    void time_mayBeMillisecondsOrHaveAnOffset() throws JsonException {
        send(SET, "{\"state\":\"ON\",\"time\":" + NOW.toEpochMilli() + ",\"ttl\":\"1 s\"}");
        send(SET, "{\"state\":\"ON\",\"time\":\"2026-01-02T11:04:05+08:00\",\"ttl\":\"1 s\"}");
        assertThat(obeyed).hasSize(2);
        assertThat(error(SET, "{\"state\":\"ON\",\"time\":" + NOW.getEpochSecond() + ",\"ttl\":\"1 h\"}"))
                .startsWith("too late");
    }

    @Test
    void time_withoutTtl_setsNoLimit() {
        send(SET, "{\"state\":\"ON\",\"time\":\"1999-01-01T00:00:00Z\"}");
        assertThat(obeyed).containsExactly("pump ON");
    }

    @Test
    void time_farAhead_isRefused_becauseItWouldStretchItsTtl() throws JsonException {
        assertThat(error(SET, "{\"state\":\"ON\",\"time\":\"2026-01-02T03:05:05Z\",\"ttl\":\"5 s\"}"))
                .isEqualTo("its time lies 60 s ahead of this board's clock");
        assertThat(error(SET, "{\"state\":\"ON\",\"time\":9223372036854775807,\"ttl\":\"5 s\"}"))
                .contains("ahead");
        assertThat(error(SET, "{\"state\":\"ON\",\"time\":-9223372036854775808,\"ttl\":\"5 s\"}"))
                .startsWith("too late");
    }

    @Test
    void command_withTtl_whileTheClockIsNotSynchronized_isRefused() throws JsonException {
        synchronised = false;
        now = Instant.EPOCH;
        assertThat(error(SET, "{\"state\":\"ON\",\"time\":\"1970-01-01T00:00:00Z\",\"ttl\":\"5 s\"}"))
                .startsWith("this board's clock is not synchronized yet");
        send(SET, "{\"state\":\"ON\"}");
        assertThat(obeyed).containsExactly("pump ON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40 | dim ON 40.0 %",
                "1 | dim ON 1.0 %",
                "0 | dim OFF 0.0 %",
                "12.5% | dim ON 12.5 %",
                "100 % 5 s | dim ON 100.0 % 5 s",
                "40 5 s | dim ON 40.0 % 5 s",
                "ON | dim ON",
                "toggle 1 s | dim TOGGLE 1 s",
                "{\"level\":40} | dim ON 40.0 %",
                "{\"level\":0,\"fade\":\"2 s\"} | dim OFF 0.0 % in 2 s",
                "{\"state\":\"ON\",\"fade\":\"500 ms\",\"for\":\"1 s\"} | dim ON in 500 ms 1 s"
            })
    void dimmableOutput_takesALevelInPercent(String payload, String expected) {
        send(DIM, payload);
        assertThat(obeyed).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "w/d/dim/set | 101 | the level is out of range; accepted: 0 to 100 %",
                "w/d/dim/set | -1 | '-1' is no state",
                "w/d/dim/set | 4O | '4O' is no state",
                "w/d/dim/set | {\"level\":\"40\"} | 'level' is not a number of percent",
                "w/d/dim/set | {\"level\":1e999999999} | out of range",
                "w/d/dim/set | {\"level\":40,\"state\":\"OFF\"} | contradict",
                "w/d/dim/set | {\"level\":40,\"fade\":\"2 h\"} | 'fade' is out of range",
                "w/d/pump/set | 40 | '40' is no state",
                "w/d/pump/set | {\"state\":\"ON\",\"fade\":\"1 s\"} | cannot fade",
                "w/d/command | read rom | no sensor 'rom'; did you mean 'room'?",
                "w/d/command | interval room | 'interval' is half a command",
                "w/d/command | interval room 5 | 'every' 5 has no unit",
                "w/d/command | interval room 1 ms | 'every' is out of range; accepted: 10 ms to 1 d",
                "w/d/command | status now | status takes nothing behind it",
                "w/d/command | {\"command\":\"red\",\"sensor\":\"room\"} | no command 'red'; did you mean 'read'?",
                "w/d/command | {\"command\":\"read\",\"sensors\":\"room\"} | unknown key 'sensors'",
                "w/d/command | restart now | restart takes nothing behind it",
                "w/d/command | {\"command\":\"restart\",\"sensor\":\"room\"} | unknown key 'sensor'",
                "w/d/command | {\"command\":\"interval\",\"sensor\":\"room\"} | 'every' is missing",
                "w/d/command | {\"outputs\":[]} | 'outputs' is no object",
                "w/d/command | {\"outputs\":{}} | 'outputs' is no object",
                "w/d/command | {\"outputs\":{\"pump\":null}} | 'state' is missing",
                "w/d/command | {\"outputs\":{\"pmup\":\"ON\"}} | no output 'pmup'; did you mean 'pump'?",
                "w/d/command | {\"outputs\":{\"pump\":{\"state\":\"ON\",\"output\":\"x\"}}} | unknown key 'output'",
                "w/d/pump/set | {\"outputs\":{\"pump\":\"ON\"}} | unknown key 'outputs'"
            })
    void command_ofAnotherKind_withAMistake_isRefusedWithTheReason(String topic, String payload, String reason)
            throws JsonException {
        assertThat(error(topic, payload)).contains(reason);
    }

    @Test
    void group_isAnsweredOnce_withEachOutput() {
        assertThat(send(
                        ALL,
                        "{\"outputs\":{\"pump\":\"ON\",\"lamp\":{\"state\":\"OFF\",\"for\":\"1 s\"}},\"id\":\"g\"}"))
                .isEqualTo("{\"id\":\"g\",\"status\":\"ok\",\"outputs\":{\"pump\":{\"state\":\"ON\"},"
                        + "\"lamp\":{\"state\":\"OFF\",\"remaining\":\"1 s\"}}}");
        assertThat(obeyed).containsExactly("pump ON", "lamp OFF 1 s");
    }

    @Test
    void sensors_areReadNow_orAtAnotherInterval() {
        assertThat(send(ALL, "read room")).isEqualTo("{\"sensor\":\"room\",\"status\":\"ok\"}");
        assertThat(send(ALL, "{\"command\":\"interval\",\"sensor\":\"tank\",\"every\":\"5 s\",\"id\":1}"))
                .isEqualTo("{\"id\":\"1\",\"sensor\":\"tank\",\"status\":\"ok\",\"every\":\"5 s\"}");
        send(ALL, "interval room 500 ms");
        send(ALL, "{\"command\":\"read\",\"sensor\":\"tank\"}");
        assertThat(obeyed).containsExactly("read room", "interval tank 5 s", "interval room 500 ms", "read tank");
    }

    @Test
    void read_withoutASensor_readsAll() {
        assertThat(send(ALL, "read")).isEqualTo("{\"status\":\"ok\",\"sensors\":2}");
        loop.advance(Duration.ofSeconds(1));
        assertThat(send(ALL, "{\"command\":\"read\",\"id\":1}"))
                .isEqualTo("{\"id\":\"1\",\"status\":\"ok\",\"sensors\":2}");
        assertThat(obeyed).containsExactly("read all", "read all");
    }

    @Test
    void restart_isAnsweredBeforeItHappens_andOnlyOncePerId() throws JsonException {
        assertThat(send(ALL, "restart")).isEqualTo("{\"status\":\"ok\",\"restart\":\"begun\"}");
        loop.advance(Duration.ofMinutes(1));
        assertThat(send(ALL, "{\"command\":\"restart\",\"id\":1}"))
                .isEqualTo("{\"id\":\"1\",\"status\":\"ok\",\"restart\":\"begun\"}");
        assertThat(error(ALL, "{\"command\":\"restart\",\"id\":1}")).startsWith("duplicate");
        assertThat(obeyed).containsExactly("restart", "restart");
    }

    @Test
    void restartAndRead_thatTheBrokerKept_areRefused() {
        for (var payload : List.of("restart", "read", "{\"command\":\"restart\"}", "{\"command\":\"read\"}")) {
            retained(ALL, payload);
            assertThat(answers).singleElement().asString().contains("\"code\":\"retained\"");
        }
        assertThat(obeyed).isEmpty();
    }

    @Test
    void status_tellsTheDaemonAndItsOutputs() {
        var status = "{\"status\":\"ok\",\"device\":{\"id\":\"d\"},\"health\":{\"uptime\":7},"
                + "\"outputs\":{\"pump\":{\"state\":\"ON\"}}}";
        assertThat(send(ALL, "status")).isEqualTo(status);
        loop.advance(Duration.ofSeconds(1));
        assertThat(send(ALL, "{\"command\":\"status\"}")).isEqualTo(status);
    }

    private void retained(String topic, String payload) {
        answers.clear();
        commander.arrived(role(topic), payload.getBytes(UTF_8), true);
        loop.run();
        assertThat(answers).hasSize(1);
    }

    @Test
    void retainedState_whereItIsAccepted_isObeyedOncePerChange() {
        for (var connection = 0; connection < 100; connection++) {
            retained("w/d/lamp/set", "ON");
        }
        assertThat(answers).containsExactly("{\"output\":\"lamp\",\"status\":\"ok\",\"unchanged\":true}");
        retained("w/d/lamp/set", "OFF");
        retained("w/d/lamp/set", "OFF");
        retained("w/d/lamp/set", "ON");
        assertThat(obeyed).containsExactly("lamp ON", "lamp OFF", "lamp ON");
    }

    @Test
    void retainedState_thatWasObeyedLive_isNotObeyedAgain_evenAfterARestart() {
        send("w/d/lamp/set", "ON");
        send("w/d/lamp/set", "OFF");
        retained("w/d/lamp/set", "ON");
        commander = commander(1_000_000, 1_000_000);
        retained("w/d/lamp/set", "ON");
        assertThat(obeyed).containsExactly("lamp ON", "lamp OFF");
    }

    @Test
    void retainedEvent_isNeverObeyed() {
        for (var payload : List.of("TOGGLE", "ON 5 s", "{\"set_on_ms\":500}")) {
            retained("w/d/lamp/set", payload);
            assertThat(answers.get(0)).contains("\"code\":\"retained\"");
        }
        retained("w/d/lamp/set_on_ms", "500");
        retained(ALL, "lamp ON");
        assertThat(obeyed).isEmpty();
    }

    @Test
    void rate_inTotal_isLimitedBeforeAnythingIsRead_andFillsAgain() {
        commander = commander(4, 4);
        for (var i = 0; i < 10; i++) {
            commander.arrived(role(SET), "nonsense".getBytes(UTF_8), false);
        }
        loop.run();
        assertThat(answers).hasSize(10);
        assertThat(excess).isEqualTo(6);
        assertThat(answers.get(0)).contains("\"code\":\"rate-limit\"");
        loop.advance(Duration.ofMillis(250));
        assertThat(send(SET, "ON")).contains("\"status\":\"ok\"");
        assertThat(send(SET, "ON")).contains("\"code\":\"rate-limit\"");
    }

    @Test
    void rate_ofOneOutput_leavesTheOthers() {
        commander = commander(100, 2);
        send(SET, "ON");
        send(SET, "OFF");
        assertThat(send(SET, "{\"state\":\"ON\",\"id\":\"3\"}"))
                .startsWith("{\"id\":\"3\",\"output\":\"pump\",\"status\":\"error\",\"code\":\"rate-limit\"");
        assertThat(send(ALL, "lamp ON")).contains("\"status\":\"ok\"");
        loop.advance(Duration.ofMillis(500));
        assertThat(send(SET, "{\"state\":\"ON\",\"id\":\"3\"}")).contains("\"status\":\"ok\"");
    }

    @Test
    void randomCommands_getExactlyOneAnswerEach_andNothingIsThrown() {
        var seed = 20260102L;
        var random = new Random(seed);
        var routes = List.of(SET, SET + "_on_ms", ALL, "fan/do");
        var ok = 0;
        for (var i = 0; i < 100_000; i++) {
            answers.clear();
            commander.arrived(
                    role(routes.get(random.nextInt(routes.size()))), randomPayload(random), random.nextInt(9) == 0);
            loop.run();
            if (answers.size() != 1) {
                assertThat(answers).as("seed %d, command %d", seed, i).hasSize(1);
            }
            ok += answers.get(0).contains("\"status\":\"ok\"") ? 1 : 0;
        }
        assertThat(ok).as("seed %d", seed).isEqualTo(obeyed.size()).isGreaterThan(1_000);
    }

    private static final List<String> PIECES = List.of(
            "ON",
            "OFF",
            "on",
            "1",
            "TOGGLE",
            "pump",
            "lamp",
            "500 ms",
            "5",
            " ",
            " ",
            "{",
            "}",
            "\"",
            ":",
            ",",
            "[",
            "]",
            "{\"state\":\"ON\"",
            "\"output\":\"pump\"",
            "\"state\":\"OFF\"",
            "\"for\":\"1 s\"",
            "\"id\":\"7\"",
            "\"time\":1",
            "\"ttl\":\"1 s\"",
            "\"set_on_ms\":5",
            "null",
            "1e999999999",
            "NaN",
            "\\ud800",
            "\\",
            "\0",
            "é",
            "\n");

    private static byte[] randomPayload(Random random) {
        var out = new ByteArrayOutputStream();
        if (random.nextInt(3) == 0) {
            out.writeBytes((random.nextBoolean() ? "pump ON" : "OFF").getBytes(UTF_8));
        }
        for (var i = random.nextInt(8); i > 0; i--) {
            out.writeBytes(PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8));
        }
        if (random.nextInt(10) == 0) {
            var noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            out.writeBytes(noise);
        }
        return out.toByteArray();
    }
}
