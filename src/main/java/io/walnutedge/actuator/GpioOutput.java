package io.walnutedge.actuator;

import com.google.auto.service.AutoService;
import io.walnutedge.board.Pin;
import io.walnutedge.gpio.GpioException;
import io.walnutedge.gpio.Lines;
import io.walnutedge.hocon.ConfigTable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@code gpio}: a line of the board. */
@AutoService(ActuatorDriver.class)
public final class GpioOutput implements ActuatorDriver {
    @Override
    public String name() {
        return "gpio";
    }

    @Override
    public ActuatorPlan plan(ConfigTable settings) {
        var pin = settings.word("pin");
        return new ActuatorPlan(
                "pin " + pin,
                pin.isEmpty() ? Optional.empty() : Optional.of(pin),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                (hardware, level) -> Line.open(hardware.lines(), hardware.pins().apply(pin), level));
    }

    private record Line(Lines.OutputLine line) implements Actuator {
        static Line open(Lines lines, Pin pin, OptionalDouble level) throws ActuatorException {
            try {
                return new Line(level.isPresent() ? lines.output(pin, isHigh(level.getAsDouble())) : lines.kept(pin));
            } catch (GpioException failed) {
                throw new ActuatorException(String.valueOf(failed.getMessage()), failed);
            }
        }

        private static boolean isHigh(double level) {
            return level >= 0.5;
        }

        @Override
        public void set(double level) throws ActuatorException {
            try {
                line.set(isHigh(level));
            } catch (GpioException failed) {
                throw new ActuatorException(String.valueOf(failed.getMessage()), failed);
            }
        }

        @Override
        public double read() throws ActuatorException {
            try {
                return line.isHigh() ? 1 : 0;
            } catch (GpioException failed) {
                throw new ActuatorException(String.valueOf(failed.getMessage()), failed);
            }
        }

        /** "high" and "low" make it an output of that level whatever it was (sysfs.rst, "direction"). */
        @Override
        public List<LastWrite> writes(double level) {
            return line.directory()
                    .<List<LastWrite>>map(directory ->
                            List.of(new FileWrite(directory.resolve("direction"), isHigh(level) ? "high" : "low")))
                    .orElse(List.of());
        }

        @Override
        public void close() throws ActuatorException {
            try {
                line.close();
            } catch (GpioException failed) {
                throw new ActuatorException(String.valueOf(failed.getMessage()), failed);
            }
        }
    }
}
