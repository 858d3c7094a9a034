package io.walnutedge.vboard;

import io.walnutedge.board.Pin;
import io.walnutedge.gpio.GpioException;
import io.walnutedge.hardware.Pi4jHardware;
import io.walnutedge.sensor.files.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Runs in the guest: what the daemon's access to lines costs, without the daemon. */
final class LineLab {
    private static final Roots ROOTS = new Roots(Path.of("/sys"), Path.of("/proc"), Path.of("/dev"));
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private LineLab() {}

    /** {@code count LINE FILE}: counts edges until FILE exists. {@code reload LINE COUNT}: opens and closes it so often. */
    public static void main(String[] args) throws Exception {
        var pin = new Pin("line", Integer.parseInt(args[1]));
        try (var hardware = Pi4jHardware.ofMachine(ROOTS)) {
            switch (args[0]) {
                case "count" -> count(hardware, pin, Path.of(args[2]));
                case "reload" -> reload(hardware, pin, Integer.parseInt(args[2]));
                case "echo" -> echo(hardware, pin, new Pin("echo", Integer.parseInt(args[2])), Path.of(args[3]));
                default -> throw new IllegalArgumentException(args[0]);
            }
        }
    }

    private static void count(Pi4jHardware hardware, Pin pin, Path end) throws Exception {
        var edges = new AtomicLong();
        try (var line = hardware.input(pin, edges::incrementAndGet)) {
            System.out.println("EDGES " + line.hasEdges());
            ready(end);
            awaitFile(end);
        }
        System.out.println("COUNT " + edges.get());
    }

    /** Drives another line to the level of the first at each edge. */
    private static void echo(Pi4jHardware hardware, Pin from, Pin to, Path end) throws Exception {
        var wake = new AtomicLong();
        try (var output = hardware.output(to, false);
                var input = hardware.input(from, () -> {
                    synchronized (wake) {
                        wake.incrementAndGet();
                        wake.notifyAll();
                    }
                })) {
            var done = 0L;
            ready(end);
            while (!Files.exists(end)) {
                synchronized (wake) {
                    if (wake.get() == done) {
                        wake.wait(1_000);
                    }
                    done = wake.get();
                }
                output.set(input.isHigh());
            }
        }
    }

    private static void reload(Pi4jHardware hardware, Pin pin, int count) throws GpioException, IOException {
        // what is made once is made
        once(hardware, pin);
        var threads = Thread.activeCount();
        var descriptors = descriptors();
        for (var i = 0; i < count; i++) {
            once(hardware, pin);
        }
        System.out.printf("THREADS %d DESCRIPTORS %d%n", Thread.activeCount() - threads, descriptors() - descriptors);
    }

    private static void once(Pi4jHardware hardware, Pin pin) throws GpioException {
        hardware.input(pin, () -> {}).close();
        hardware.output(pin, true).close();
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    private static void ready(Path end) throws IOException {
        Files.createFile(end.resolveSibling(end.getFileName() + ".ready"));
    }

    private static void awaitFile(Path end) throws InterruptedException {
        var never = new CountDownLatch(1);
        var started = System.nanoTime();
        while (!Files.exists(end) && System.nanoTime() - started < LIMIT.toNanos()) {
            never.await(10, TimeUnit.MILLISECONDS);
        }
    }
}
