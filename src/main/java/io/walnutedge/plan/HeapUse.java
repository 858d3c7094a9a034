package io.walnutedge.plan;

import io.walnutedge.config.InputConfig;
import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.config.MqttConfig;
import io.walnutedge.config.OutboxConfig;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.outbox.DurableOutbox;
import io.walnutedge.outbox.MemoryOutbox;
import io.walnutedge.output.OutputPlan;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.ReadingCodec;
import io.walnutedge.sampling.ScheduledSensor;
import io.walnutedge.text.ByteSize;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Adds up what the bounds of a configuration allow to be in memory at a time, and refuses what the heap cannot hold: a heap
 * that fills ends the process with everything that waits. One thread.
 */
final class HeapUse {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    /**
     * The daemon itself, what lives long of 12 MiB in use on the board, and what is bounded without a key: 1,024 commands of
     * 4 KiB, 256 answers, 256 readings read ahead.
     */
    private static final long BASE = 16 * MIB;
    /** Of the heap; the collector needs the rest, or does nothing else any more. */
    private static final double SHARE = 0.8;
    /** A measurement, input or output with its states, its topics and what it is described by. */
    private static final long EACH = 4 * KIB;
    /** Of a message under way beside its topic and payload, which Paho holds three times. */
    private static final long UNDER_WAY = 2 * KIB;

    private static final int COPIES = 3;
    /** Of a payload in JSON beside value, unit and template. */
    private static final int JSON = 200;

    /**
     * What one key takes.
     *
     * @param count what the key allows, of {@code each} bytes
     * @param least the least that the key accepts
     * @param words for what it allows
     * @param shown what to write for so many
     */
    private record Use(
            ConfigTable settings,
            String key,
            long count,
            long each,
            long least,
            LongFunction<String> words,
            LongFunction<String> shown) {
        long bytes() {
            return count * each;
        }
    }

    private final long heap;
    private final List<Use> uses = new ArrayList<>();
    private long rest = BASE;
    /** Of the windows of filters, in bytes: of all, of the sensor that has most, and which that is. */
    private long windows;

    private long mostWindows;
    private String mostFiltered = "";
    private int largestReading;
    private int largestMessage;

    /** @param heap bytes that the heap can grow to */
    HeapUse(long heap) {
        this.heap = heap;
    }

    void sensor(ConfigTable sensors, ScheduledSensor sensor) {
        var text = sensors.sectionOrEmpty(sensor.id().value());
        var longest = sensor.type().equals("text")
                ? text.optionalText("text").map(HeapUse::utf8).orElse(0)
                : 0;
        sensor.measurements().values().forEach(each -> measurement(sensor.id(), each, longest));
        var filters = 0L;
        for (var each : sensor.filters().values()) {
            filters += each.bytes();
        }
        windows += filters;
        if (filters > mostWindows) {
            mostWindows = filters;
            mostFiltered = sensor.id().value();
        }
    }

    void input(InputConfig input) {
        rest += EACH;
        input.counter().ifPresent(counter -> counter.measurements().forEach(each -> measurement(input.id(), each, 0)));
    }

    void output(OutputPlan output) {
        rest += EACH + utf8(output.config().messages().stateTopic());
    }

    private void measurement(ItemId id, MeasurementConfig config, int longestText) {
        rest += EACH;
        if (config.enabled()) {
            largestReading = Math.max(largestReading, ReadingCodec.bytes(id, config.quantity(), longestText));
            largestMessage = Math.max(
                    largestMessage,
                    utf8(config.topic()) + config.template().length() + utf8(config.unit()) + longestText + JSON);
        }
    }

    /** Notes a problem for what is too large, at its line. */
    void check(ConfigTable root, MqttConfig mqtt, OutboxConfig outbox) {
        var section = root.sectionOrEmpty("mqtt");
        uses.add(new Use(
                section,
                "queue",
                mqtt.timing().queue(),
                MemoryOutbox.bytes(largestReading),
                10,
                count -> count + " readings in memory",
                Long::toString));
        uses.add(new Use(
                section,
                "window",
                mqtt.timing().window(),
                UNDER_WAY + (long) COPIES * largestMessage,
                1,
                count -> count + " messages under way",
                Long::toString));
        if (outbox.enabled()) {
            uses.add(new Use(
                    root.sectionOrEmpty("outbox"),
                    "max-size",
                    outbox.maxSize() / DurableOutbox.SEGMENT_BYTES,
                    DurableOutbox.SEGMENT_IN_MEMORY,
                    4,
                    count -> "the names of " + count + " files",
                    count -> count * DurableOutbox.SEGMENT_BYTES / MIB + " MiB"));
        }
        uses.add(new Use(
                root.sectionOrEmpty("sensors"),
                mostFiltered,
                windows,
                1,
                0,
                count -> "the windows of all filters, most of them here,",
                count -> count / KIB + " KiB in all"));
        judge();
    }

    /** The largest first: to lessen it is the cure that costs least. */
    private void judge() {
        var room = (long) (SHARE * heap) - rest;
        var total = 0L;
        for (var use : uses) {
            total += use.bytes();
        }
        if (total <= room) {
            return;
        }
        uses.sort(Comparator.comparingLong(Use::bytes).reversed());
        for (var use : uses) {
            if (total <= room) {
                return;
            }
            var allowed = Math.max(use.least(), (room - total + use.bytes()) / use.each());
            if (allowed < use.count()) {
                use.settings().problem(use.key(), problem(use, allowed));
                total -= (use.count() - allowed) * use.each();
            }
        }
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private String problem(Use use, long allowed) {
        return use.words().apply(use.count())
                + " can take " + ByteSize.text(use.bytes()) + ", more than a heap of " + ByteSize.text(heap)
                + " holds beside all else; at most " + use.shown().apply(allowed) + " here, or give Java a larger heap"
                + " (WALNUT_EDGE_JAVA_OPTS=-Xmx..., for check too)";
    }
}
