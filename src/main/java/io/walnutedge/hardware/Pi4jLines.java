package io.walnutedge.hardware;

import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeListener;
import io.walnutedge.board.Pin;
import io.walnutedge.gpio.GpioException;
import io.walnutedge.gpio.Lines;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** GPIO lines through Pi4J. The thread {@code outputs}; edges come on threads of Pi4J. */
final class Pi4jLines implements Lines {
    private final Supplier<Context> context;
    private final GlitchFreeOutputProvider outputs;
    private final SysfsInputProvider inputs;

    /** By number; never taken out, because Pi4J does not close the watcher of an input. */
    private final Map<Integer, SysfsInputProvider.Input> opened = new HashMap<>();

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
            return new Output(pin, outputs.create(config), pi4j);
        } catch (Pi4JException | IllegalStateException failed) {
            throw LineTrouble.opening(pin, failed);
        }
    }

    @Override
    public InputLine input(Pin pin, Runnable changed) throws GpioException {
        var input = opened.get(pin.sysfs());
        if (input == null) {
            input = open(pin);
            opened.put(pin.sysfs(), input);
        }
        return new Input(pin, input, changed);
    }

    private SysfsInputProvider.Input open(Pin pin) throws GpioException {
        var config = DigitalInput.newConfigBuilder(context.get())
                .id("input-" + pin.sysfs())
                .address(pin.sysfs())
                .build();
        try {
            return inputs.open(config);
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

    private static final class Output implements OutputLine {
        private final Pin pin;
        private final DigitalOutput line;
        private final Context pi4j;
        private boolean closed;

        Output(Pin pin, DigitalOutput line, Context pi4j) {
            this.pin = pin;
            this.line = line;
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
        public void close() throws GpioException {
            if (closed || pi4j.isShutdown()) {
                return;
            }
            closed = true;
            try {
                pi4j.shutdown(line.id());
            } catch (Pi4JException failed) {
                throw LineTrouble.of(pin, "cannot be given back", failed);
            }
        }
    }

    private static final class Input implements InputLine {
        private final Pin pin;
        private final SysfsInputProvider.Input line;
        private final DigitalStateChangeListener listener;

        Input(Pin pin, SysfsInputProvider.Input line, Runnable changed) {
            this.pin = pin;
            this.line = line;
            this.listener = event -> changed.run();
            line.addListener(listener);
        }

        @Override
        public boolean isHigh() throws GpioException {
            return Pi4jLines.isHigh(pin, line::state);
        }

        @Override
        public boolean hasEdges() {
            return line.hasEdges();
        }

        /** The line stays an input and is kept for the next who asks. */
        @Override
        public void close() {
            line.removeListener(listener);
        }
    }
}
