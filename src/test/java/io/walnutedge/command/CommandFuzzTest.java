package io.walnutedge.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
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
import java.lang.management.ManagementFactory;
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
import java.util.Set;

/**
 * Any payload on any topic has one answer, and costs no more memory than its cap allows. In the tests the corpus below
 * {@code CommandFuzzTestInputs} is replayed; {@code JAZZER_FUZZ=1 mvn test -Dtest=CommandFuzzTest} looks for more.
 */
class CommandFuzzTest {
    private static final List<String> TOPICS = List.of(
            "w/d/command", "w/d/pump/set", "w/d/pump/set_on_ms", "w/d/pump/set_off_ms", "w/d/dim/set", "w/d/lamp/set");
    private static final Set<String> KEYS = Set.of("id", "status", "output", "state", "error", "code");

    /** Far above what the largest accepted payload needs, 4096 bytes. */
    private static final long MOST_BYTES = 4 << 20;

    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final CommandsConfig EVERYTHING = CommandsConfig.from(ConfigFile.parse("", new Problems()));

    private final List<String> answers = new ArrayList<>();
    private final List<String> obeyed = new ArrayList<>();

    private static OutputConfig output(String name) {
        return OutputConfig.from(
                ConfigFile.parse("", new Problems()), new ItemId(name), "w/d", Optional.of(ValueRange.PERCENT), false);
    }

    private static Role role(String topic) {
        return Roles.find(
                CommandTopics.of(TOPICS.get(0), EVERYTHING, List.of(output("pump"), output("lamp"), output("dim"))),
                topic);
    }

    private Commander commander(VirtualLoop loop) {
        var names = new CommandTargets(
                List.of(new ItemId("pump"), new ItemId("lamp"), new ItemId("dim")),
                Map.of(new ItemId("dim"), ValueRange.PERCENT),
                Map.of(new ItemId("room"), IntervalBounds.OUTERMOST));
        return new Commander(
                loop,
                EVERYTHING.allow(),
                names,
                new Gatekeeper(
                        () -> Instant.EPOCH,
                        () -> true,
                        new LeastGaps(loop::nanoTime, new StateFile(Path.of("nowhere")), "")),
                new RateLimit(loop::nanoTime, 1000, 1000, names.outputs()),
                new DesiredStates(loop, Set.of(new ItemId("lamp")), new StateFile(Path.of("nowhere"))),
                new Hands(),
                new Senses(),
                new Commander.Answers() {
                    @Override
                    public void answer(String json) {
                        answers.add(json);
                    }

                    @Override
                    public void excess(String json) {
                        answers.add(json);
                    }
                });
    }

    /** Returns how many bytes it took. */
    private long send(String topic, byte[] payload, boolean isRetained) {
        var loop = new VirtualLoop(4);
        var commander = commander(loop);
        answers.clear();
        obeyed.clear();
        var role = role(topic);
        var before = MEMORY.getCurrentThreadAllocatedBytes();
        commander.arrived(role, payload, isRetained);
        loop.run();
        return MEMORY.getCurrentThreadAllocatedBytes() - before;
    }

    /** @param data which topic, whether retained, and the payload */
    @FuzzTest
    void anyPayload_hasOneAnswer(byte[] data) throws JsonException {
        if (data.length == 0) {
            return;
        }
        var topic = TOPICS.get((data[0] & 0x7f) % TOPICS.size());
        var isRetained = data[0] < 0;
        var payload = Arrays.copyOfRange(data, 1, data.length);
        send(topic, payload, isRetained); // which loads classes
        assertThat(send(topic, payload, isRetained)).as("bytes").isLessThan(MOST_BYTES);
        // MQTT 3.1.1, 3.3.1.3: an empty retained message deletes one; nobody asked for anything
        if (isRetained && payload.length == 0) {
            return;
        }
        assertThat(answers).hasSize(1);
        var answer = JsonReader.object(answers.get(0), 8);
        assertThat(answer.keySet()).containsAnyElementsOf(KEYS);
        assertThat(answers.get(0).getBytes(UTF_8).length).isLessThan(4 * CommandParser.MAX_BYTES);
        if ("error".equals(answer.get("status"))) {
            assertThat(obeyed).as("refused").isEmpty();
        }
        if (payload.length > CommandParser.MAX_BYTES || (isRetained && !topic.equals("w/d/lamp/set"))) {
            assertThat(obeyed).isEmpty();
        }
    }

    private final class Hands implements Switches {
        @Override
        public void requireReady(SwitchCommand command) {
            // it always is
        }

        @Override
        public Switched apply(SwitchCommand command) {
            obeyed.add(command.output() + " " + command.action());
            return new Switched(true, OptionalDouble.empty(), Duration.ZERO, Duration.ZERO, Optional.empty());
        }

        @Override
        public Map<ItemId, Switched> applyAll(List<SwitchCommand> commands) {
            var done = new LinkedHashMap<ItemId, Switched>();
            commands.forEach(command -> done.put(command.output(), apply(command)));
            return done;
        }

        @Override
        public Map<ItemId, Switched> states() {
            return Map.of();
        }
    }

    private final class Senses implements DaemonControl {
        @Override
        public boolean readNow(ItemId sensor) {
            return obeyed.add("read " + sensor);
        }

        @Override
        public boolean interval(ItemId sensor, Duration every) {
            return obeyed.add("interval " + sensor);
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
}
