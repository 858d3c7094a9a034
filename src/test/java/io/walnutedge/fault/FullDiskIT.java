package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The outbox's disk has 20,000,000 bytes. Other files take most of them, which takes less time; with {@code
 * -Dwalnutedge.fault.disk=20000000} none do.
 */
class FullDiskIT {
    private static final long DISK = 20_000_000;
    /** Of the disk, for the outbox. */
    private static final long ROOM = Long.getLong("walnutedge.fault.disk", 3_000_000);
    /** With its name, its frame and its times a reading takes about a hundred bytes in the store. */
    private static final int READING = 100;

    private static final int SENSORS = 10;
    private static final Duration EVERY = Duration.ofMillis(10);
    /** Readings in memory, a tenth of the default's. */
    private static final int QUEUE = 5_000;

    private static final long MEMORY_KB = 128 * 1024;
    private static final Duration READY = Duration.ofSeconds(40);
    private static final Duration DRAIN = Duration.ofMinutes(2);
    /** For what takes twelve seconds where the machine has nothing else to do. */
    private static final Duration SAMPLED = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private SmallDisk disk() throws IOException {
        return SmallDisk.mount(Files.createDirectory(directory.resolve("disk")), DISK);
    }

    private Station station(SmallDisk disk) throws IOException {
        var setup = Setup.of(SENSORS, EVERY)
                .behind(disk.prefix())
                .with("mqtt.queue = " + QUEUE)
                .with("outbox { dir = \"" + directory.resolve("disk/outbox") + "\", max-size = 64 MiB }");
        return new Station(directory, setup);
    }

    @Test
    void outageFillsTheDisk_oldestAreDroppedAndToldExactly() throws Exception {
        try (var disk = disk();
                var station = station(disk)) {
            disk.fill(DISK - ROOM);
            station.proxy().set(Conditions.of(Conditions.Door.SHUT));
            station.start();
            sample(station, ROOM / READING * 3 / 2);
            assertThat(disk.free()).as("the disk is full").isLessThan(256 * 1024 + 64 * 1024);
            comeBack(station);
            disk.removeOthers();
            sample(station, 2_000);
            judge(station, "full");
        }
    }

    @Test
    void fullFromTheStart_memoryServesAndTheAlertIsToldOnce() throws Exception {
        try (var disk = disk();
                var station = station(disk)) {
            disk.fillUp();
            station.proxy().set(Conditions.of(Conditions.Door.SHUT));
            station.start();
            sample(station, 2 * QUEUE);
            comeBack(station);
            station.awaitThat(
                    "an alert", READY, () -> !station.last("status/alert").isEmpty());
            sample(station, 12_000);
            assertThat(station.messages("status/alert").stream()
                            .filter(alert -> !alert.isEmpty())
                            .distinct())
                    .as("once, %s", station.daemon().text())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("full");
            disk.removeOthers();
            // the store is used again when it is needed
            station.proxy().set(Conditions.of(Conditions.Door.SHUT));
            sample(station, 3_000);
            comeBack(station);
            judge(station, "full from the start");
        }
    }

    @Test
    void noInodes_areToldAsSuch_andNotAsAFullDisk() throws Exception {
        try (var disk = disk();
                var station = station(disk)) {
            station.proxy().set(Conditions.of(Conditions.Door.SHUT));
            disk.remount("nr_inodes=3");
            disk.run("mkdir -p \"$DISK/outbox\"; touch \"$DISK/other\" 2>/dev/null; true");
            station.start();
            sample(station, 500);
            comeBack(station);
            station.awaitThat(
                    "an alert", READY, () -> station.last("status/alert").contains("no inodes left, see df -i"));
            disk.remount("nr_inodes=0");
            station.awaitThat(
                    "the alert is over",
                    READY,
                    () -> station.last("status/alert").isEmpty());
        }
    }

    @Test
    void readOnlyDisk_memoryServesUntilItCanBeWrittenAgain() throws Exception {
        try (var disk = disk();
                var station = station(disk)) {
            station.proxy().set(Conditions.of(Conditions.Door.SHUT));
            station.start();
            sample(station, 5_000);
            station.stop();
            disk.remount("ro");
            station.start();
            sample(station, 2 * QUEUE);
            comeBack(station);
            station.awaitThat(
                    "an alert", READY, () -> station.last("status/alert").contains("Read-only"));
            disk.remount("rw");
            judge(station, "read-only");
        }
    }

    private static void comeBack(Station station) {
        var connection = station.connection();
        station.proxy().set(Conditions.CLEAR);
        station.awaitThat("connected", READY, connection);
    }

    /** So many are sampled, within its memory. */
    private static void sample(Station station, long readings) throws IOException {
        station.sample(readings, SAMPLED);
        assertThat(memory(station)).as("KiB resident").isLessThan(MEMORY_KB);
    }

    /** The most it ever had, proc(5). */
    private static long memory(Station station) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + station.daemon().pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    private static void judge(Station station, String what) throws Exception {
        station.awaitThat(
                "the alert is over", READY, () -> station.last("status/alert").isEmpty());
        station.awaitQuiet(Duration.ofSeconds(3), DRAIN);
        var memory = memory(station);
        station.stop();
        var verdict = station.verdict();
        var losses = Losses.in(station.messages("status/gap"));
        System.out.printf(
                "%s: %d sampled, %d arrived, %d historical, %d told as lost in %d records, %d KiB resident at most%n",
                what,
                station.oracle().count(),
                verdict.arrived(),
                station.historical(),
                losses.total(),
                losses.records(),
                memory);
        var said = what + ", the daemon said:\n" + station.daemon().text();
        verdict.checkAllButMissing(said);
        assertThat(losses.total()).as("something was to be lost, %s", said).isPositive();
        assertThat(losses.wrong(verdict)).as("%s: %s", verdict.holes(), said).isEmpty();
        assertThat(station.messages("status/alert"))
                .as("%s", said)
                .endsWith("")
                .satisfies(alerts -> assertThat(alerts.get(alerts.size() - 1)).isEmpty());
        assertThat(List.of(said.split("\n"))).noneMatch(line -> line.contains("ERROR"));
    }
}
