package io.walnutedge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.walnutedge.actuator.ActuatorDrivers;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.outbox.MemoryOutbox;
import io.walnutedge.outbox.Outbox;
import io.walnutedge.outbox.OutboxClock;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.files.DeviceFiles;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A configuration that could fill the heap is refused, with the largest value that is not. */
class HeapUseTest {
    private static final long MIB = 1L << 20;
    /** What Java has of {@code -Xmx48m}. */
    private static final long USUAL = 46 * MIB;

    private static final Pattern ALLOWED = Pattern.compile("at most ([0-9]+( [KM]iB)?)( in all)? here");
    private static final String LOAD = "sensors { load { type = board } }\n";

    private static void read(String text, long heap) throws ConfigException {
        var problems = new Problems();
        new PlanReader(Drivers.installed(), ActuatorDrivers.installed(), (device, pin) -> pin, heap, DeviceFiles.SYSTEM)
                .read(ConfigFile.parse(text, problems), problems);
    }

    private static Optional<String> refusal(String text, long heap) {
        try {
            read(text, heap);
            return Optional.empty();
        } catch (ConfigException mistakes) {
            assertThat(mistakes.problems()).hasSize(1);
            return Optional.of(mistakes.problems().get(0).toString());
        }
    }

    private static String allowed(String refusal) {
        var found = ALLOWED.matcher(refusal);
        assertThat(found.find()).as(refusal).isTrue();
        return found.group(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void queueOfAMillion_isRefused_withTheLargestThatIsNot_withTheOutboxAndWithout(boolean outbox) {
        var text = "outbox.enabled = " + outbox + "\n" + LOAD + "mqtt {\n  queue = %s\n}";
        var refusal = refusal(String.format(text, 1_000_000), USUAL).orElseThrow();
        assertThat(refusal).contains(" 4: mqtt.queue: 1000000 readings", "46 MiB", "WALNUT_EDGE_JAVA_OPTS");
        var most = Integer.parseInt(allowed(refusal));
        assertThat(most).isBetween(50_000, 150_000);
        assertThat(refusal(String.format(text, most), USUAL)).isEmpty();
        assertThat(refusal(String.format(text, most + 1), USUAL)).isPresent();
        assertThat(refusal(String.format(text, 1_000_000), 512 * MIB)).isEmpty();
    }

    @Test
    void defaults_areAccepted_downToASmallHeap() throws Exception {
        read("", 24 * MIB);
        read(LOAD, USUAL);
    }

    @Test
    void longTexts_countInTheQueue() {
        var text = "mqtt.queue = 100000\nsensors { hello { type = text, text = \"" + "x".repeat(2_000) + "\" } }";
        var refusal = refusal(text, USUAL).orElseThrow();
        assertThat(refusal).contains("mqtt.queue");
        assertThat(Integer.parseInt(allowed(refusal))).isLessThan(12_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic", "template"})
    void windowOfLongMessages_isRefused(String key) {
        var text = "mqtt.window = %s\nsensors { hello { type = text, text = x, " + key + " = \"" + "x".repeat(60_000)
                + "\" } }";
        var refusal = refusal(String.format(text, 1_000), USUAL).orElseThrow();
        assertThat(refusal).contains(" 1: mqtt.window: 1000 messages");
        assertThat(refusal(String.format(text, allowed(refusal)), USUAL)).isEmpty();
        assertThat(refusal(String.format(text, 16), USUAL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"outbox.max-size = %s"})
    void storeOfMoreFilesThanTheHeapCanName_isRefused(String text) {
        var refusal = refusal(String.format(text, "1024 GiB"), USUAL).orElseThrow();
        assertThat(refusal).contains(" 1: outbox.max-size", "files");
        assertThat(refusal(String.format(text, allowed(refusal)), USUAL)).isEmpty();
        assertThat(refusal("outbox.enabled = false\n" + String.format(text, "1024 GiB"), USUAL))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{ median = 1000 }", "{ average = 1000 }", "{ average { over = 1 h } }", "{ min { over = 1 d } }"
            })
    void windowsOfFilters_areAddedUp(String filter) {
        var filters = IntStream.range(0, 32).mapToObj(i -> filter).collect(Collectors.joining(", ", "[", "]"));
        var sensors = IntStream.range(0, 100)
                .mapToObj(i -> "s" + i + " { type = board, load1 { filters = " + filters + " } }")
                .collect(Collectors.joining("\n", "sensors {\n", "}\n"));
        assertThat(refusal(sensors, USUAL).orElseThrow()).contains(" 2: sensors.s0: the windows of all filters");
        assertThat(refusal(sensors, 512 * MIB)).isEmpty();
    }

    @Test
    void whatIsToldOfAnItem_isWhatItTakes() {
        var memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var outbox =
                new MemoryOutbox(200_000, new OutboxClock(System::nanoTime, InstantSource.system(), () -> true, ""));
        var items = IntStream.range(0, 10_000)
                .mapToObj(i -> new Outbox.Fresh("load", new byte[100]))
                .toList();
        outbox.add(items);
        var before = memory.getCurrentThreadAllocatedBytes();
        for (var i = 0; i < 15; i++) {
            outbox.add(List.copyOf(items));
        }
        // the arrays of the items are counted by hand: the test made them before
        var each = (memory.getCurrentThreadAllocatedBytes() - before) / 150_000.0 + 16 + 100;
        assertThat(each).isLessThan((double) MemoryOutbox.bytes(100));
        assertThat(each).isGreaterThan((double) MemoryOutbox.bytes(100) / 2);
    }
}
