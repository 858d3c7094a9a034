package io.walnutedge.sensor.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Serial sensors on a real line of the kernel: a pair of pseudo terminals, joined by socat. */
@Timeout(60)
class SerialIT {
    @TempDir
    Path directory;

    private final ScheduledExecutorService device = Executors.newSingleThreadScheduledExecutor();
    private final List<Future<?>> acts = new ArrayList<>();
    private Process socat;

    @BeforeEach
    void plugIn() throws Exception {
        Files.createDirectories(directory.resolve("dev"));
        socat = new ProcessBuilder("socat", "pty,raw,echo=0,link=" + port(), "pty,raw,echo=0,link=" + far())
                .inheritIO()
                .start();
        await().until(() -> Files.exists(port()) && Files.exists(far()));
    }

    @AfterEach
    void unplug() throws Exception {
        device.shutdown();
        assertThat(device.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        for (var each : acts) {
            each.get();
        }
        pullOut();
    }

    private void pullOut() throws Exception {
        socat.destroy();
        assertThat(socat.waitFor(5, TimeUnit.SECONDS)).isTrue();
        Files.deleteIfExists(port());
        Files.deleteIfExists(far());
    }

    private Path port() {
        return directory.resolve("dev/ttyUSB0");
    }

    private Path far() {
        return directory.resolve("far");
    }

    private Sensor open(SensorDriver driver, String hocon) throws Exception {
        return FakePort.plan(driver, "port = /dev/ttyUSB0\n" + hocon).opening().open(new Machine(directory));
    }

    private void send(byte[] bytes) {
        try {
            Files.write(far(), bytes, StandardOpenOption.WRITE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void sendAfter(long millis, byte[] bytes) {
        after(millis, () -> send(bytes));
    }

    private void after(long millis, Runnable act) {
        acts.add(device.schedule(act, millis, TimeUnit.MILLISECONDS));
    }

    @Test
    void frameAfterGarbageAndHalfAFrame_isRead_andNotTheOneThatWaited() throws Exception {
        var whole = Pms5003Test.frame(2, 3, 4);
        try (var sensor = open(new Pms5003(), "")) {
            send(Pms5003Test.frame(99, 99, 99));
            sendAfter(600, Arrays.copyOf(Pms5003Test.frame(88, 88, 88), 16));
            sendAfter(1000, new byte[] {0x42, 0x4d, 0, 28, 7, 0x42, 0x13, 0, (byte) 0xff});
            sendAfter(1010, Arrays.copyOf(whole, 10));
            sendAfter(1040, Arrays.copyOfRange(whole, 10, 32));
            assertThat(FakePort.shown(sensor.read())).contains("pm1=2.0µg/m³", "pm10=4.0µg/m³");
        }
    }

    @Test
    void silentPort_endsAtTheDeadline() throws Exception {
        try (var sensor = open(new SerialDriver(), "pattern = \"([0-9]+)\", timeout = 500 ms")) {
            var start = System.nanoTime();
            assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("nothing came");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void question_isAnswered() throws Exception {
        var answer = HexFormat.of().parseHex("ff8602200000000058");
        try (var sensor = open(new MhZ19(), "warm-up = 0 s");
                var ear = Files.newInputStream(far())) {
            after(0, () -> {
                try {
                    assertThat(HexFormat.of().formatHex(ear.readNBytes(9))).isEqualTo("ff0186000000000079");
                    send(answer);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
            assertThat(FakePort.shown(sensor.read())).containsExactly("co2=544ppm");
        }
    }

    @Test
    void portThatVanishes_isToldAtOnce_andServesWhenItIsBack() throws Exception {
        var hocon = "pattern = \"T=(?<t>[0-9]+)\", timeout = 20 s";
        try (var sensor = open(new SerialDriver(), hocon)) {
            after(300, () -> socat.destroy());
            var start = System.nanoTime();
            assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("went away");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
        pullOut();
        assertThatThrownBy(() -> open(new SerialDriver(), hocon)).hasMessageContaining("does not exist");
        plugIn();
        try (var sensor = open(new SerialDriver(), hocon)) {
            sendAfter(300, "T=5\n".getBytes(StandardCharsets.UTF_8));
            assertThat(FakePort.shown(sensor.read())).containsExactly("t=5.00");
        }
    }

    @Test
    void interrupt_endsARead() throws Exception {
        try (var sensor = open(new SerialDriver(), "pattern = \"([0-9]+)\", timeout = 1 min")) {
            var reader = Thread.currentThread();
            after(300, reader::interrupt);
            assertThatThrownBy(sensor::read).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void whatIsNoPort_isRefused() throws Exception {
        Files.writeString(directory.resolve("dev/file"), "");
        assertThatThrownBy(() -> FakePort.plan(new Pms5003(), "port = /dev/file")
                        .opening()
                        .open(new Machine(directory)))
                .hasMessageContaining("is no serial port");
    }

    private record Machine(Path directory) implements Hardware {
        @Override
        public <T> T access(Class<T> kind) {
            return Hardware.pick(
                    kind, new DeviceFiles(new Roots(Path.of("/sys"), Path.of("/proc"), directory.resolve("dev"))));
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
    }
}
