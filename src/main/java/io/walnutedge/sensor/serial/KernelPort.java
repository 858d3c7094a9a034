package io.walnutedge.sensor.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.walnutedge.natives.NativeCode;
import io.walnutedge.sensor.SensorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A port of the kernel, opened by jSerialComm for this process alone. One thread at a time. */
final class KernelPort implements Port {
    /** VTIME of termios(3) counts in these. */
    private static final int SLICE_MILLIS = 100;

    // errno(3), include/uapi/asm-generic/errno-base.h
    private static final int EPERM = 1;
    private static final int EAGAIN = 11;
    private static final int EACCES = 13;
    private static final int EBUSY = 16;

    /** A read of a port that was hung up returns nothing at once (drivers/tty/tty_io.c, hung_up_tty_read). */
    private static final int MOST_EARLY = 3;

    private final SerialPort port;
    private final Path node;
    private int early;

    private KernelPort(SerialPort port, Path node) {
        this.port = port;
        this.node = node;
    }

    static Port open(Path node, Line line) throws SensorException {
        if (!Files.exists(node)) {
            var dangling = Files.exists(node, LinkOption.NOFOLLOW_LINKS);
            throw new SensorException(
                    node + (dangling ? " is a link to nothing" : " does not exist") + ": is the adapter plugged in?");
        }
        if (Files.isRegularFile(node) || Files.isDirectory(node)) {
            throw new SensorException(node + " is no serial port");
        }
        try {
            NativeCode.SERIAL.require();
            return opened(SerialPort.getCommPort(node.toString()), node, line);
        } catch (SerialPortInvalidPortException gone) {
            throw new SensorException(node + " is no serial port", gone);
        } catch (LinkageError unloaded) {
            throw new SensorException(
                    "the library for serial ports cannot be loaded: " + unloaded.getMessage(), unloaded);
        }
    }

    private static Port opened(SerialPort port, Path node, Line line) throws SensorException {
        port.setComPortParameters(
                line.baud(),
                8,
                line.stopBits() == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT,
                parity(line.parity()));
        port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, SLICE_MILLIS, 0);
        if (!port.openPort(0)) {
            throw new SensorException(node + " cannot be opened: " + reason(port.getLastErrorCode()));
        }
        return new KernelPort(port, node);
    }

    private static int parity(Line.Parity parity) {
        return switch (parity) {
            case NONE -> SerialPort.NO_PARITY;
            case EVEN -> SerialPort.EVEN_PARITY;
            case ODD -> SerialPort.ODD_PARITY;
        };
    }

    private static String reason(int error) {
        return switch (error) {
            case EACCES -> "this user may not; give it the port's group, which is dialout as a rule";
            case EPERM -> "the service may not; it needs DeviceAllow= for this port (systemctl edit walnut-edge)";
            case EBUSY, EAGAIN -> "another program has it; a login console perhaps (serial-getty)";
            default -> "error " + error;
        };
    }

    @Override
    public int read(byte[] into) throws SensorException {
        var start = System.nanoTime();
        var count = port.readBytes(into, into.length);
        var took = System.nanoTime() - start;
        var isEarly = count == 0 && took < TimeUnit.MILLISECONDS.toNanos(SLICE_MILLIS / 2);
        early = isEarly ? early + 1 : 0;
        if (count < 0 || early > MOST_EARLY) {
            throw gone();
        }
        return count;
    }

    @Override
    public void write(byte[] bytes) throws SensorException {
        if (port.writeBytes(bytes, bytes.length) != bytes.length) {
            throw gone();
        }
    }

    @Override
    public void discard() throws SensorException {
        if (!port.flushIOBuffers()) {
            throw gone();
        }
    }

    private SensorException gone() {
        return new SensorException(node + " failed or went away (error " + port.getLastErrorCode() + ")");
    }

    @Override
    public void close() {
        port.closePort();
    }
}
