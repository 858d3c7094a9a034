package io.walnutedge.sensor.serial;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.DeviceFiles;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A port, its device and a clock that only reads move. What the device sends comes piece by piece, or after a question. */
final class FakePort implements Port, Hardware {
    private static final long SLICE = Duration.ofMillis(100).toNanos();
    private static final long PIECE = Duration.ofMillis(20).toNanos();

    final List<String> written = new ArrayList<>();
    private final Queue<byte[]> coming = new ArrayDeque<>();
    private final ByteArrayOutputStream kernel = new ByteArrayOutputStream();
    private Function<byte[], byte[]> device = question -> new byte[0];
    private Optional<String> failure = Optional.empty();
    private Optional<Line> opened = Optional.empty();
    private long nanos = -5_000_000_000L;
    private int open;
    private boolean interrupted;

    final SerialConnection.Shop shop = new SerialConnection.Shop(this::opened, () -> nanos);

    private Port opened(Path node, Line line) throws SensorException {
        fail();
        open++;
        opened = Optional.of(line);
        return this;
    }

    /** A piece that comes at the next read; an empty one is 100 ms of silence. */
    FakePort sends(byte[]... pieces) {
        coming.addAll(List.of(pieces));
        return this;
    }

    FakePort sends(String piece) {
        return sends(piece.getBytes(StandardCharsets.UTF_8));
    }

    FakePort silent() {
        return sends(new byte[0]);
    }

    /** What has come before the read began. */
    FakePort has(byte[] old) {
        kernel.writeBytes(old);
        return this;
    }

    FakePort answers(Function<byte[], byte[]> answer) {
        device = answer;
        return this;
    }

    void fails(String why) {
        failure = Optional.of(why);
    }

    void recovers() {
        failure = Optional.empty();
    }

    void interrupt() {
        interrupted = true;
    }

    void passes(Duration time) {
        nanos += time.toNanos();
    }

    long nanos() {
        return nanos;
    }

    int openPorts() {
        return open;
    }

    Line line() {
        return opened.orElseThrow();
    }

    private void fail() throws SensorException {
        if (failure.isPresent()) {
            throw new SensorException(failure.get());
        }
    }

    @Override
    public int read(byte[] into) throws SensorException {
        fail();
        if (kernel.size() == 0) {
            var next = Optional.ofNullable(coming.poll()).orElseGet(() -> new byte[0]);
            nanos += next.length == 0 ? SLICE : PIECE;
            kernel.writeBytes(next);
        }
        var all = kernel.toByteArray();
        var count = Math.min(all.length, into.length);
        System.arraycopy(all, 0, into, 0, count);
        kernel.reset();
        kernel.writeBytes(Arrays.copyOfRange(all, count, all.length));
        return count;
    }

    @Override
    public void write(byte[] bytes) throws SensorException {
        fail();
        written.add(HexFormat.of().formatHex(bytes));
        var answer = device.apply(bytes);
        if (answer.length > 0) {
            coming.add(answer);
        }
    }

    @Override
    public void discard() throws SensorException {
        fail();
        kernel.reset();
    }

    @Override
    public void close() {
        open--;
    }

    @Override
    public <T> T access(Class<T> kind) {
        return Hardware.pick(kind, DeviceFiles.SYSTEM);
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (interrupted) {
            throw new InterruptedException();
        }
    }

    static SensorPlan plan(SensorDriver driver, String hocon) {
        var problems = new Problems();
        var settings = ConfigFile.parse("port = /dev/ttyS1\n" + hocon, problems);
        var plan = driver.plan(settings);
        settings.finish();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.list().toString());
        }
        return plan;
    }

    static String problems(SensorDriver driver, String hocon) {
        var problems = new Problems();
        var settings = ConfigFile.parse(hocon, problems);
        driver.plan(settings);
        settings.finish();
        return problems.list().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    Sensor open(SensorPlan plan) throws SensorException, InterruptedException {
        return plan.opening().open(this);
    }

    static List<String> shown(List<Measurement> sample) {
        return sample.stream()
                .map(each -> each.quantity().name() + "="
                        + each.value().format(each.quantity().decimals())
                        + each.quantity().unit())
                .toList();
    }
}
