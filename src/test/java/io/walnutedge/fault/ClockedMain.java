package io.walnutedge.fault;

import io.walnutedge.daemon.Daemon;
import io.walnutedge.daemon.Equipment;
import io.walnutedge.daemon.Service;
import io.walnutedge.hardware.Pi4jHardware;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.reading.SampleClock;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.files.Roots;
import io.walnutedge.systemd.Notifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code run -c FILE} as the program itself does it, but the wall clock counts as synchronized while the file that {@code
 * WALNUT_EDGE_SYNCED} names is there: the kernel's own word, adjtimex(2), is about the machine and cannot be stepped for one
 * process.
 */
public final class ClockedMain {
    private ClockedMain() {}

    public static void main(String[] args) throws Exception {
        var synced = Path.of(System.getenv("WALNUT_EDGE_SYNCED"));
        var plan = new PlanReader(Drivers.installed(), (device, pin) -> pin).read(Path.of(args[2]));
        var boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        var clock = new SampleClock(System::nanoTime, InstantSource.system(), () -> Files.exists(synced), boot);
        var device = plan.device();
        var service = new Service(Notifier.ofProcess(), () -> plan);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, ended)));
        try (var board = Pi4jHardware.ofMachine(new Roots(device.sys(), device.proc(), device.dev()))) {
            var equipment = new Equipment(board, board, pin -> {
                throw new IllegalArgumentException("no pins here: " + pin);
            });
            service.run(new Daemon(plan, equipment, clock, service.requests()));
        } finally {
            ended.countDown();
        }
    }

    private static void stop(Service service, CountDownLatch ended) {
        service.stop();
        try {
            ended.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
