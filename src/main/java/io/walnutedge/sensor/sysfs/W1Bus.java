package io.walnutedge.sensor.sysfs;

import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A 1-wire bus whose thermometers convert all at once: {@code therm_bulk_read} of the bus master
 * (Documentation/w1/slaves/w1_therm.rst). The thermometer that is due first starts the conversion of all; the others then
 * only fetch what they measured. Any thread.
 *
 * <p>The kernel keeps a value of a bulk conversion until it is fetched, however old it is (drivers/w1/slaves/w1_therm.c,
 * temperature_show), so that a value that waited too long must be thrown away.
 */
final class W1Bus {
    /** What a value may wait for being fetched: time enough for the others that are due in the same moment. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final String ATTRIBUTE = "therm_bulk_read";

    /** With the line end, as therm_bulk_read_store wants it. */
    private static final String TRIGGER = "trigger\n";

    private static final String CONVERTING = "-1";
    private static final String CONVERTED = "1";
    private static final Duration POLL = Duration.ofMillis(20);

    /** Polls: 2 s, the longest that the driver itself waits for a conversion (W1_POLL_CONVERT_TEMP). */
    private static final int POLLS = 100;

    private final Path master;
    private final AttributeWriter writer;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<W1Member> members = ConcurrentHashMap.newKeySet();

    /** Those whose value of the last common conversion was not fetched. */
    private final Set<W1Member> waiting = ConcurrentHashMap.newKeySet();

    /** Under the lock. */
    private long converted;

    W1Bus(Path master, AttributeWriter writer, LongSupplier nanoTime) {
        this.master = master;
        this.writer = writer;
        this.nanoTime = nanoTime;
    }

    void add(W1Member member) {
        members.add(member);
    }

    void remove(W1Member member) {
        members.remove(member);
        waiting.remove(member);
    }

    /** A thermometer of this bus as one that takes part in common conversions. */
    FoundSensor.Device device(W1Member member, FoundSensor.Device alone, Hardware hardware) {
        return new OnBus(this, member, alone, hardware);
    }

    /** A sample of a thermometer of this bus, which starts a conversion if none is fresh. */
    private List<Measurement> sample(W1Member member, FoundSensor.Device device, Hardware hardware)
            throws SensorException, InterruptedException {
        if (!isShared() && !waiting.contains(member)) {
            return device.measure();
        }
        lock.lockInterruptibly();
        try {
            prepare(member, device, hardware);
            return device.measure();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is something to share, and this user may. */
    private boolean isShared() {
        return members.stream().filter(W1Member::isParallel).limit(2).count() == 2
                && Files.isWritable(master.resolve(ATTRIBUTE));
    }

    private void prepare(W1Member member, FoundSensor.Device device, Hardware hardware)
            throws SensorException, InterruptedException {
        var waits = waiting.remove(member);
        if (waits && nanoTime.getAsLong() - converted <= FRESH.toNanos()) {
            return;
        }
        if (member.isParallel() && isShared()) {
            convertAll(hardware);
            waiting.remove(member);
        } else if (waits) {
            // takes the old value away; the read after it converts
            device.measure();
        }
    }

    private void convertAll(Hardware hardware) throws SensorException, InterruptedException {
        var file = master.resolve(ATTRIBUTE);
        try {
            writer.write(file, TRIGGER);
        } catch (IOException failed) {
            throw new SensorException(
                    "cannot start a conversion with " + file + ": " + RegularFile.reason(failed), failed);
        }
        waiting.clear();
        var files = hardware.access(DeviceFiles.class);
        for (var polls = 0; state(files).equals(CONVERTING); polls++) {
            if (polls == POLLS) {
                throw new SensorException(
                        file + ": the conversion does not end; check the supply and the pull-up resistor");
            }
            hardware.pause(POLL);
        }
        // the kernel takes the trigger without a word also where the bus did not answer: then nobody has a value
        if (state(files).equals(CONVERTED)) {
            converted = nanoTime.getAsLong();
            waiting.addAll(members);
        }
    }

    private String state(DeviceFiles files) {
        return files.text(master, ATTRIBUTE).orElse("");
    }

    /** A thermometer and its bus, for one thread. */
    private record OnBus(W1Bus bus, W1Member member, FoundSensor.Device alone, Hardware hardware)
            implements FoundSensor.Device {
        @Override
        public List<Measurement> measure() throws SensorException, InterruptedException {
            return bus.sample(member, alone, hardware);
        }

        @Override
        public void close() {
            alone.close();
        }
    }
}
