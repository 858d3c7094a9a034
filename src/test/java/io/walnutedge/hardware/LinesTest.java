package io.walnutedge.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import io.walnutedge.board.Pin;
import io.walnutedge.gpio.GpioException;
import io.walnutedge.gpio.Lines;
import io.walnutedge.simulate.SimulatedGpio;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines over a kernel that refuses what the real one refuses. */
class LinesTest {
    private static final Pin PIN = new Pin("PC9 (header 11)", 73);
    private static final Pin LED = new Pin("PC13 (LED)", 77);

    @TempDir
    Path root;

    /** What was written, as "direction=high"; refusals included. */
    private final List<String> writes = new ArrayList<>();

    private SimulatedGpio kernel;
    private SysfsWriter writer;
    private long nanos;
    private Context pi4j;
    private SysfsInputProvider inputs;
    private Lines lines;

    @BeforeEach
    void open() {
        kernel = new SimulatedGpio(root, 288, Set.of(LED.sysfs()));
        writer = kernel;
        var sysfs = new GpioSysfs(root, this::write, duration -> nanos += duration.toNanos(), () -> nanos);
        var outputs = new GlitchFreeOutputProvider(sysfs);
        inputs = new SysfsInputProvider(sysfs);
        pi4j = Pi4J.newContextBuilder()
                .add(outputs, inputs)
                .disableShutdownHook()
                .build();
        lines = new Pi4jLines(() -> pi4j, outputs, inputs);
    }

    @AfterEach
    void close() {
        pi4j.shutdown();
        inputs.close();
    }

    private void write(Path attribute, String text) throws IOException {
        writes.add(attribute.getFileName() + "=" + text);
        writer.write(attribute, text);
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... words) {
        assertThatExceptionOfType(GpioException.class)
                .isThrownBy(call)
                .satisfies(failed -> assertThat(failed.getMessage()).contains(words));
    }

    @Test
    void output_highAtStart_getsDirectionAndLevelInOneWriteAndNoEdge() throws Exception {
        var output = lines.output(PIN, true);

        assertThat(writes).startsWith("export=73", "direction=high").doesNotContain("direction=out");
        assertThat(writes).noneMatch(write -> write.startsWith("edge="));
        assertThat(writes).filteredOn(write -> write.startsWith("value=")).containsOnly("value=1");
        assertThat(kernel.isOutput(73)).isTrue();
        assertThat(output.isHigh()).isTrue();
    }

    @Test
    void output_lowAtStart_isNeverHigh() throws Exception {
        lines.output(PIN, false);

        assertThat(writes).startsWith("export=73", "direction=low").doesNotContain("value=1");
    }

    @Test
    void output_set_isSeenOnTheLine() throws Exception {
        var output = lines.output(PIN, false);

        output.set(true);
        assertThat(kernel.level(73)).isTrue();
        output.set(false);
        assertThat(kernel.level(73)).isFalse();
        assertThat(output.isHigh()).isFalse();
    }

    @Test
    void output_afterACrashThatLeftAnInputWithEdges_isOpened() throws Exception {
        leave("direction", "in");
        leave("edge", "both");

        lines.output(PIN, true);

        assertThat(writes).startsWith("edge=none", "direction=high");
        assertThat(kernel.isOutput(73)).isTrue();
    }

    @Test
    void output_afterAProgramThatInvertedTheLine_isPhysical() throws Exception {
        leave("active_low", "1");

        var output = lines.output(PIN, true);

        assertThat(kernel.level(73)).isTrue();
        output.set(false);
        assertThat(kernel.level(73)).isFalse();
    }

    @Test
    void output_leftHigh_staysHighWhileItIsOpenedAgain() throws Exception {
        leave("direction", "high");

        lines.output(PIN, true);

        assertThat(writes).startsWith("direction=high").doesNotContain("value=0");
    }

    private void leave(String attribute, String text) throws IOException {
        if (!Files.exists(root.resolve("gpio73"))) {
            kernel.write(root.resolve("export"), "73");
        }
        kernel.write(root.resolve("gpio73").resolve(attribute), text);
    }

    @Test
    void output_closed_keepsItsLevelAndCanBeOpenedAgain() throws Exception {
        var output = lines.output(PIN, true);

        output.close();
        output.close();

        assertThat(kernel.isOutput(73)).isTrue();
        assertThat(kernel.level(73)).isTrue();
        assertThat(lines.output(PIN, true).isHigh()).isTrue();
        assertThat(writes).doesNotContain("unexport=73", "value=0", "direction=low");
    }

    @Test
    void output_atShutdown_keepsItsLevel() throws Exception {
        lines.output(PIN, true);

        pi4j.shutdown();

        assertThat(kernel.level(73)).isTrue();
        assertThat(kernel.isOutput(73)).isTrue();
    }

    @Test
    void line_ofAnotherDriver_isRefusedAndTheReasonIsTold() {
        refused(() -> lines.output(LED, false), "PC13 (LED) cannot be opened", "another driver or program holds it");
        refused(() -> lines.input(LED, () -> {}), "another driver or program holds it");
    }

    @Test
    void permission_thatUdevGrantsAfterAWhile_isWaitedFor() throws Exception {
        var refusals = new AtomicInteger(30);
        writer = (attribute, text) -> {
            if (!attribute.endsWith("export") && refusals.getAndDecrement() > 0) {
                throw new AccessDeniedException(attribute.toString());
            }
            kernel.write(attribute, text);
        };

        assertThat(lines.output(PIN, true).isHigh()).isTrue();
        assertThat(nanos).isEqualTo(Duration.ofMillis(300).toNanos());
    }

    @Test
    void permission_thatNeverComes_isAnErrorAfterASecond() {
        writer = (attribute, text) -> {
            if (!attribute.endsWith("export")) {
                throw new AccessDeniedException(attribute.toString());
            }
            kernel.write(attribute, text);
        };

        refused(() -> lines.output(PIN, true), "gpio73/direction may not be written by this user", "udev rule");
        assertThat(nanos).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void permission_toExport_isNotWaitedFor() {
        writer = (attribute, text) -> {
            throw new AccessDeniedException(attribute.toString());
        };

        refused(() -> lines.output(PIN, true), "export may not be written by this user");
        assertThat(nanos).isZero();
    }

    @Test
    void failure_ofOneOpening_doesNotSpoilTheNext() throws Exception {
        writer = (attribute, text) -> {
            throw new IOException("Input/output error");
        };
        refused(() -> lines.output(PIN, true), "PC9 (header 11) cannot be opened");

        writer = kernel;

        assertThat(lines.output(PIN, true).isHigh()).isTrue();
    }

    @Test
    void line_withAName_isFoundUnderIt() throws Exception {
        writer = new NamedKernel();

        var output = lines.output(PIN, true);
        output.set(false);

        assertThat(Files.readString(root.resolve("RELAY/direction"))).isEqualTo("high");
        assertThat(Files.readString(root.resolve("RELAY/value"))).isEqualTo("0");
    }

    @Test
    void line_withANameThatWasLeftExported_isExportedAnew() throws Exception {
        writer = new NamedKernel();
        writer.write(root.resolve("export"), "73");

        lines.output(PIN, true);

        assertThat(writes).startsWith("export=73", "unexport=73", "export=73", "direction=high");
    }

    /** Shows line 73 as RELAY. */
    private final class NamedKernel implements SysfsWriter {
        private final Path line = root.resolve("RELAY");

        @Override
        public void write(Path attribute, String text) throws IOException {
            if (attribute.endsWith("unexport")) {
                for (var file : List.of("direction", "value")) {
                    Files.delete(line.resolve(file));
                }
                Files.delete(line);
            } else if (!attribute.endsWith("export")) {
                Files.writeString(attribute, text);
            } else if (Files.exists(line)) {
                throw new IOException("Device or resource busy");
            } else {
                Files.createDirectory(line);
                Files.writeString(line.resolve("direction"), "in");
                Files.writeString(line.resolve("value"), "0");
            }
        }
    }

    @Test
    void input_thatChanges_tellsAndReads() throws Exception {
        var changes = new AtomicInteger();
        var input = lines.input(PIN, changes::incrementAndGet);
        assertThat(input.isHigh()).isFalse();
        assertThat(input.hasEdges()).isTrue();
        assertThat(writes).contains("direction=in", "edge=both");

        // the watcher starts on a thread of Pi4J, and edges before that are not told: hence the repetition
        await().until(() -> {
            kernel.drive(73, !kernel.level(73));
            return changes.get() > 0;
        });
        kernel.drive(73, true);
        await().until(input::isHigh);
    }

    @Test
    void input_closed_canBeAnOutput_andAnInputAgain() throws Exception {
        lines.input(PIN, () -> {}).close();
        var output = lines.output(PIN, true);
        assertThat(kernel.isOutput(73)).isTrue();
        output.close();
        var changes = new AtomicInteger();
        var input = lines.input(PIN, changes::incrementAndGet);
        assertThat(kernel.isOutput(73)).isFalse();
        kernel.drive(73, true);
        await().until(() -> changes.get() > 0 && input.isHigh());
    }

    @Test
    void listenerThatFails_doesNotMakeOtherLinesDeaf() throws Exception {
        var failures = new AtomicInteger();
        lines.input(PIN, () -> {
            failures.incrementAndGet();
            throw new IllegalStateException("by the test");
        });
        var changes = new AtomicInteger();
        lines.input(new Pin("gpio10", 10), changes::incrementAndGet);
        kernel.drive(73, true);
        await().until(() -> failures.get() > 0);
        kernel.drive(10, true);
        await().until(() -> changes.get() > 0);
    }

    @Test
    void inputs_shareOneThread() throws Exception {
        for (var number = 10; number < 20; number++) {
            lines.input(new Pin("gpio" + number, number), () -> {});
        }
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("edges")))
                .hasSize(1);
    }

    @Test
    void input_openedAgain_tellsOnlyTheNewListener() throws Exception {
        var before = new AtomicInteger();
        var after = new AtomicInteger();
        lines.input(PIN, before::incrementAndGet).close();
        var threads = watchers();

        lines.input(PIN, after::incrementAndGet);

        await().until(() -> {
            kernel.drive(73, !kernel.level(73));
            return after.get() > 0;
        });
        assertThat(before).hasValue(0);
        assertThat(watchers()).isEqualTo(threads);
        assertThat(writes).filteredOn("export=73"::equals).hasSize(1);
    }

    private static long watchers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("Pi4J.RUNTIME"))
                .count();
    }

    @Test
    void input_withoutInterrupts_saysSo() throws Exception {
        kernel.write(root.resolve("export"), "73");
        Files.delete(root.resolve("gpio73/edge"));

        assertThat(lines.input(PIN, () -> {}).hasEdges()).isFalse();
        Files.createFile(root.resolve("gpio73/edge"));
    }

    @Test
    void input_whoseValueIsNeither0Nor1_isAnError() throws Exception {
        var input = lines.input(PIN, () -> {});
        Files.writeString(root.resolve("gpio73/value"), "");

        refused(input::isHigh, "neither 0 nor 1");
    }
}
