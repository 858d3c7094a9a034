package io.walnutedge.hardware;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CProvider;
import io.walnutedge.board.Pin;
import io.walnutedge.gpio.GpioException;
import io.walnutedge.gpio.Lines;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.Roots;
import io.walnutedge.sensor.i2c.I2cBuses;
import io.walnutedge.sensor.i2c.Registers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * I2C and GPIO through one Pi4J context, which is made when the first of them is needed. As {@link Hardware} any thread,
 * as {@link Lines} the thread {@code outputs}.
 */
public final class Pi4jHardware implements Hardware, I2cBuses, Lines, AutoCloseable {
    private final DeviceFiles files;
    private final Pause pause;
    private final I2CProvider i2c;
    private final GlitchFreeOutputProvider outputs;
    private final SysfsInputProvider inputs;
    private final Lines lines;
    private final AtomicLong opened = new AtomicLong();
    private @Nullable Context context;
    private boolean closed;

    private Pi4jHardware(Roots roots, Pause pause, I2CProvider i2c, GpioSysfs sysfs) {
        this.files = new DeviceFiles(roots);
        this.pause = pause;
        this.i2c = i2c;
        this.outputs = new GlitchFreeOutputProvider(sysfs);
        this.inputs = new SysfsInputProvider(sysfs);
        this.lines = new Pi4jLines(this::context, outputs, inputs);
    }

    /** The machine's own. Pi4J's I2C knows only {@code /sys} and {@code /dev}; GPIO is sought below {@link Roots#sys}. */
    public static Pi4jHardware ofMachine(Roots roots) {
        var pause = new ThreadPause();
        return new Pi4jHardware(
                roots,
                pause,
                new LinuxI2cProvider(),
                GpioSysfs.kernel(roots.sys().resolve("class/gpio"), pause));
    }

    /**
     * The same over simulated chips and a simulated kernel behind the GPIO files.
     *
     * @param slaves by bus and address
     * @param gpio does what the kernel would do when an attribute below {@code class/gpio} is written
     */
    public static Pi4jHardware simulated(Roots roots, Map<Integer, Map<Integer, I2cTarget>> slaves, SysfsWriter gpio) {
        var pause = new ThreadPause();
        return new Pi4jHardware(
                roots,
                pause,
                new SimulatedI2cProvider(slaves),
                new GpioSysfs(roots.sys().resolve("class/gpio"), gpio, pause, System::nanoTime));
    }

    /** Neither looks for plugins nor installs a shutdown hook: who opened this closes it. */
    private synchronized Context context() {
        if (closed) {
            throw new IllegalStateException("the hardware is closed");
        }
        if (context == null) {
            context = Pi4J.newContextBuilder()
                    .add(i2c, outputs, inputs)
                    .disableShutdownHook()
                    .build();
        }
        return context;
    }

    synchronized boolean isStarted() {
        return context != null;
    }

    @Override
    public <T> T access(Class<T> kind) {
        return Hardware.pick(kind, files, this);
    }

    @Override
    public Registers registers(int bus, int address) throws SensorException {
        I2cAccess.check(files.roots(), bus, address);
        try {
            var pi4j = context();
            var config = I2C.newConfigBuilder(pi4j)
                    .id("i2c-" + bus + "-" + address + "-" + opened.incrementAndGet())
                    .bus(bus)
                    .device(address)
                    .build();
            return new Pi4jRegisters(i2c.create(config), pi4j);
        } catch (Pi4JException failed) {
            throw new SensorException("i2c-" + bus + " cannot be opened: " + Causes.words(Causes.root(failed)), failed);
        } catch (LinkageError noLibrary) {
            throw Pi4jRegisters.noLibrary("i2c-" + bus + " cannot be opened", noLibrary);
        }
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        pause.pause(duration);
    }

    @Override
    public OutputLine output(Pin pin, boolean high) throws GpioException {
        return lines.output(pin, high);
    }

    @Override
    public OutputLine kept(Pin pin) throws GpioException {
        return lines.kept(pin);
    }

    @Override
    public InputLine input(Pin pin, Runnable changed) throws GpioException {
        return lines.input(pin, changed);
    }

    /** Ends Pi4J's threads; outputs keep their levels. May be called twice. */
    @Override
    public synchronized void close() {
        closed = true;
        if (context != null && !context.isShutdown()) {
            context.shutdown();
        }
        inputs.close();
    }
}
