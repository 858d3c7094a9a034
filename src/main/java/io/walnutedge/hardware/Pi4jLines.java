package io.walnutedge.hardware;

import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import io.walnutedge.board.Pin;
import io.walnutedge.gpio.GpioException;
import io.walnutedge.gpio.Lines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** GPIO lines through Pi4J. The thread {@code outputs}; edges come on threads of Pi4J. */
final class Pi4jLines implements Lines {
    private final Supplier<Context> context;
    private final GlitchFreeOutputProvider outputs;
    private final SysfsInputProvider inputs;

    Pi4jLines(Supplier<Context> context, GlitchFreeOutputProvider outputs, SysfsInputProvider inputs) {
        this.context = context;
        this.outputs = outputs;
        this.inputs = inputs;
    }

    @Override
    public OutputLine output(Pin pin, boolean high) throws GpioException {
        var pi4j = context.get();
        var config = DigitalOutput.newConfigBuilder(pi4j)
                .id("output-" + pin.sysfs())
                .address(pin.sysfs())
                .initial(DigitalState.getState(high))
                .build();
        try {
            var opened = outputs.open(config);
            return new Output(pin, opened.output(), opened.directory(), pi4j);
        } catch (Pi4JException | IllegalStateException failed) {
            throw LineTrouble.opening(pin, failed);
        }
    }

    @Override
    public OutputLine kept(Pin pin) throws GpioException {
        boolean high;
        try {
            high = outputs.showsHigh(pin.sysfs());
        } catch (IOException failed) {
            throw LineTrouble.opening(pin, failed);
        }
        return output(pin, high);
    }

    @Override
    public InputLine input(Pin pin, Runnable changed) throws GpioException {
        var pi4j = context.get();
        var config = DigitalInput.newConfigBuilder(pi4j)
                .id("input-" + pin.sysfs())
                .address(pin.sysfs())
                .build();
        try {
            return new Input(pin, inputs.open(config), pi4j, changed);
        } catch (Pi4JException | IllegalStateException failed) {
            throw LineTrouble.opening(pin, failed);
        }
    }

    private static boolean isHigh(Pin pin, Supplier<DigitalState> line) throws GpioException {
        try {
            var state = line.get();
            if (state == DigitalState.UNKNOWN) {
                throw new GpioException(pin + " reads as neither 0 nor 1");
            }
            return state.isHigh();
        } catch (Pi4JException failed) {
            throw LineTrouble.of(pin, "cannot be read", failed);
        }
    }

    private static void giveBack(Pin pin, String id, Context pi4j) throws GpioException {
        try {
            if (!pi4j.isShutdown()) {
                pi4j.shutdown(id);
            }
        } catch (Pi4JException failed) {
            throw LineTrouble.of(pin, "cannot be given back", failed);
        }
    }

    private static final class Output implements OutputLine {
        private final Pin pin;
        private final DigitalOutput line;
        private final Path directory;
        private final Context pi4j;
        private boolean closed;

        Output(Pin pin, DigitalOutput line, Path directory, Context pi4j) {
            this.pin = pin;
            this.line = line;
            this.directory = directory;
            this.pi4j = pi4j;
        }

        @Override
        public void set(boolean high) throws GpioException {
            try {
                line.state(DigitalState.getState(high));
            } catch (Pi4JException failed) {
                throw LineTrouble.of(pin, "cannot be set", failed);
            }
        }

        @Override
        public boolean isHigh() throws GpioException {
            return Pi4jLines.isHigh(pin, line::state);
        }

        @Override
        public Optional<Path> directory() {
            return Optional.of(directory);
        }

        @Override
        public void close() throws GpioException {
            if (!closed) {
                closed = true;
                giveBack(pin, line.id(), pi4j);
            }
        }
    }

    private static final class Input implements InputLine {
        private final Pin pin;
        private final SysfsInputProvider.Input line;
        private final Context pi4j;
        private boolean closed;

        Input(Pin pin, SysfsInputProvider.Input line, Context pi4j, Runnable changed) {
            this.pin = pin;
            this.line = line;
            this.pi4j = pi4j;
            line.addListener(event -> changed.run());
        }

        @Override
        public boolean isHigh() throws GpioException {
            return Pi4jLines.isHigh(pin, line::state);
        }

        @Override
        public boolean hasEdges() {
            return line.hasEdges();
        }

        /** The line stays an input. */
        @Override
        public void close() throws GpioException {
            if (!closed) {
                closed = true;
                giveBack(pin, line.id(), pi4j);
            }
        }
    }
}
