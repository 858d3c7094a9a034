package io.walnutedge.sampling;

import io.walnutedge.reading.SampleClock;
import io.walnutedge.sensor.NoHardware;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Prints what sampling costs: ten sensors at 1 Hz (five files, five on one bus) for the seconds given, or 30. Linux only; the
 * figures are the kernel's (proc(5): schedstat counts nanoseconds on a processor, status voluntary switches).
 */
final class SamplerFootprint {
    private SamplerFootprint() {}

    private record Cost(long nanos, long switches) {}

    public static void main(String[] args) throws IOException {
        var seconds = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        var recorder = new Recorder();
        var clock = new SampleClock(System::nanoTime, InstantSource.system(), () -> true, "boot");
        try (var sampler = new Sampler(
                sensors(),
                new LatestReadings(new NoHardware(), System::nanoTime),
                recorder,
                clock,
                FakeSource.NO_STATE,
                (thread, error) -> error.printStackTrace())) {
            sampler.start();
            sleep(sampler, 5);
            var before = costs();
            sleep(sampler, seconds);
            var after = costs();
            after.forEach((name, cost) -> print(name, before.getOrDefault(name, new Cost(0, 0)), cost, seconds));
            sampler.lanes().forEach(System.out::println);
            System.out.println("batches " + recorder.batches().size());
        }
    }

    private static List<ScheduledSensor> sensors() {
        var sensors = new ArrayList<ScheduledSensor>();
        for (var i = 0; i < 5; i++) {
            sensors.add(new FakeSource().onFile("f" + i, Duration.ofSeconds(1)));
            sensors.add(new FakeSource().onBus(1, "b" + i, Duration.ofSeconds(1)));
        }
        return sensors;
    }

    private static void sleep(Sampler sampler, int seconds) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (end - System.nanoTime() > 0) {
            LockSupport.parkNanos(Math.min(1_000_000_000L, end - System.nanoTime()));
            sampler.housekeeping();
        }
    }

    private static Map<String, Cost> costs() throws IOException {
        var costs = new TreeMap<String, Cost>();
        try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (var task : tasks) {
                var name = Files.readString(task.resolve("comm")).strip();
                if (name.startsWith("bus-") || name.startsWith("file-")) {
                    costs.put(name, cost(task));
                }
            }
        }
        return costs;
    }

    private static Cost cost(Path task) throws IOException {
        var nanos = Files.readString(task.resolve("schedstat")).split(" ", 2)[0];
        var switches = Files.readAllLines(task.resolve("status")).stream()
                .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
        return new Cost(Long.parseLong(nanos), Long.parseLong(switches));
    }

    private static void print(String name, Cost before, Cost after, int seconds) {
        System.out.printf(
                "%-8s %6.2f wake-ups/s %8.1f us CPU/s%n",
                name,
                (after.switches - before.switches) / (double) seconds,
                (after.nanos - before.nanos) / 1000.0 / seconds);
    }
}
