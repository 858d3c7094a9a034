package io.walnutedge.sensor.serial;

import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/** An opened line on which one waits, and not longer than one wants. One thread at a time. */
final class SerialConnection implements AutoCloseable {
    private static final int CHUNK = 256;
    private static final Duration BREATH = Duration.ofMillis(1);

    private final Path node;
    private final Port port;
    private final LongSupplier nanoTime;
    private final Hardware hardware;
    private final byte[] chunk = new byte[CHUNK];

    private SerialConnection(Path node, Port port, LongSupplier nanoTime, Hardware hardware) {
        this.node = node;
        this.port = port;
        this.nanoTime = nanoTime;
        this.hardware = hardware;
    }

    /** How drivers open wires: the kernel's ports and the monotonic clock, or what a test brings. */
    record Shop(Port.Opener opener, LongSupplier nanoTime) {
        static final Shop KERNEL = new Shop(KernelPort::open, System::nanoTime);

        SerialConnection open(Line line, Hardware hardware) throws SensorException {
            var node = line.node(hardware);
            return new SerialConnection(node, opener.open(node, line), nanoTime, hardware);
        }
    }

    /** What takes bytes as they come; true when it has enough. */
    @FunctionalInterface
    interface Taker {
        /** @param count how many have come; 0 after 100 ms of silence */
        boolean take(byte[] bytes, int count) throws SensorException, InterruptedException;
    }

    /** Hands over what comes until the taker has enough; false if the time is up before. */
    boolean take(Duration most, Taker taker) throws SensorException, InterruptedException {
        var end = nanoTime.getAsLong() + most.toNanos();
        while (nanoTime.getAsLong() - end < 0) {
            // a read of a port cannot be interrupted, so that is noticed here
            hardware.pause(BREATH);
            var count = port.read(chunk);
            if (taker.take(chunk, count)) {
                return true;
            }
        }
        return false;
    }

    /** Throws away what has come and what is under way; false where the line is not silent for 100 ms within the time. */
    boolean clear(Duration most) throws SensorException, InterruptedException {
        port.discard();
        return awaitSilence(most);
    }

    /** Throws away what comes until the line is silent for 100 ms; false where it is not within the time. */
    boolean awaitSilence(Duration most) throws SensorException, InterruptedException {
        return take(most, (bytes, count) -> count == 0);
    }

    /** Throws away what has come. */
    void discard() throws SensorException {
        port.discard();
    }

    /** Throws away what has come and sends. */
    void ask(byte[] bytes) throws SensorException {
        port.discard();
        port.write(bytes);
    }

    String name() {
        return node.toString();
    }

    SensorException fault(String why) {
        return new SensorException(node + ": " + why);
    }

    @Override
    public void close() {
        port.close();
    }
}
