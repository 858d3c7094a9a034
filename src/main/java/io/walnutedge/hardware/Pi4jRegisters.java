package io.walnutedge.hardware;

import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.i2c.I2C;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.Registers;
import java.util.Locale;
import java.util.function.IntSupplier;

/** One I2C device through Pi4J. One thread at a time; Pi4J locks the bus for each transfer. */
final class Pi4jRegisters implements Registers {
    private final I2C device;
    private final Context pi4j;
    private boolean closed;

    Pi4jRegisters(I2C device, Context pi4j) {
        this.device = device;
        this.pi4j = pi4j;
    }

    @Override
    public void write(int... bytes) throws SensorException {
        var data = new byte[bytes.length];
        for (var i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        transfer("takes", data.length, () -> device.write(data, 0, data.length));
    }

    @Override
    public byte[] read(int count) throws SensorException {
        var answer = new byte[count];
        transfer("gives", count, () -> device.read(answer, 0, count));
        return answer;
    }

    /** From offset 0 only: Pi4J copies the answer to the start of the buffer whatever the offset (LinuxFsI2C, line 315). */
    @Override
    public byte[] readRegister(int register, int count) throws SensorException {
        var answer = new byte[count];
        transfer("gives", count, () -> device.readRegister(register, answer, 0, count));
        return answer;
    }

    /** A short transfer is an error: read(2) of an absent device answers 0 on some adapters. */
    private void transfer(String verb, int count, IntSupplier transfer) throws SensorException {
        int done;
        try {
            done = transfer.getAsInt();
        } catch (Pi4JException failed) {
            throw trouble(failed);
        } catch (LinkageError noLibrary) {
            // Pi4J only logs that its library does not load; the first call that needs it, and each further one, throws
            throw noLibrary(where() + " cannot be asked", noLibrary);
        }
        if (done != count) {
            throw new SensorException(where() + " " + verb + " " + Math.max(0, done) + " of " + count
                    + " bytes; is a device connected there?");
        }
    }

    /** Its native library is there for arm64 and armhf only, and may be missing there; the other sensors need not suffer. */
    static SensorException noLibrary(String what, LinkageError failed) {
        return new SensorException(
                what + ": Pi4J's I2C library does not load on " + System.getProperty("os.arch") + " ("
                        + Causes.words(Causes.root(failed))
                        + "); -Dpi4j.library.path= names the directory of libpi4j-linuxfs.so",
                failed);
    }

    private SensorException trouble(RuntimeException failed) {
        if (Causes.first(failed, InterruptedException.class) != null) {
            Thread.currentThread().interrupt();
            return new SensorException(where() + " was interrupted", failed);
        }
        return new SensorException(
                where() + " does not answer (" + Causes.words(Causes.root(failed))
                        + "); look at its power, its wires and its address",
                failed);
    }

    private String where() {
        return String.format(Locale.ROOT, "0x%02x on i2c-%d", device.device(), device.bus());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (!pi4j.isShutdown()) {
                pi4j.shutdown(device.id());
            }
        }
    }
}
