package io.walnutedge.hardware;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import com.pi4j.plugin.linuxfs.internal.LinuxGpio;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Inputs over sysfs with edges. Pi4J's own would do but for its watcher: two threads and an inotify instance for each
 * input, which closing it does not end. The thread {@code outputs}.
 */
final class SysfsInputProvider extends DigitalInputProviderBase implements AutoCloseable {
    private final GpioSysfs sysfs;
    private final EdgeWatcher watcher = new EdgeWatcher();

    SysfsInputProvider(GpioSysfs sysfs) {
        super("sysfs-input", "inputs over sysfs");
        this.sysfs = sysfs;
    }

    @Override
    public DigitalInput create(DigitalInputConfig config) {
        return open(config);
    }

    Input open(DigitalInputConfig config) {
        var input = new Input(new InputGpio(sysfs, config.address()), this, config);
        context.registry().add(input);
        return input;
    }

    @Override
    public void close() {
        watcher.close();
    }

    /** A line that is watched, and stays an input when it is closed. */
    static final class Input extends DigitalInputBase {
        private final InputGpio line;
        private final EdgeWatcher watcher;
        private @Nullable Runnable watch;
        private volatile boolean ready;

        Input(InputGpio line, SysfsInputProvider provider, DigitalInputConfig config) {
            super(provider, config);
            this.line = line;
            this.watcher = provider.watcher;
        }

        /** Whether it will ever report a change by itself. */
        boolean hasEdges() {
            return watch != null;
        }

        @Override
        public DigitalInput initialize(Context context) throws InitializeException {
            super.initialize(context);
            try {
                if (!line.isExported()) {
                    line.export();
                }
                line.direction(LinuxGpio.Direction.IN);
                if (line.isInterruptSupported()) {
                    watch = watcher.watch(Path.of(line.getPinPath()), this::changed);
                    line.interruptEdge(LinuxGpio.Edge.BOTH);
                }
            } catch (IOException failed) {
                unwatch();
                throw new InitializeException(failed);
            }
            ready = true;
            return this;
        }

        /** Pi4J's events fail while the input is not complete; who opens a line reads its level afterwards. */
        private void changed() {
            if (ready) {
                dispatch(new DigitalStateChangeEvent<DigitalInput>(this, DigitalState.UNKNOWN));
            }
        }

        @Override
        public DigitalState state() {
            try {
                return line.state();
            } catch (IOException failed) {
                throw new com.pi4j.io.exception.IOException(failed);
            }
        }

        @Override
        public DigitalInput shutdown(Context context) throws ShutdownException {
            // first: an edge must not meet an input that is half gone
            ready = false;
            unwatch();
            super.shutdown(context);
            return this;
        }

        private void unwatch() {
            if (watch != null) {
                watch.run();
                watch = null;
            }
        }
    }
}
