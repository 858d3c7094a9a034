package io.walnutedge.actuator;

import io.walnutedge.sensor.SensorException;
import java.util.List;
import java.util.OptionalDouble;

/** One line, or channel, of an {@link OutputChip}. The thread {@code outputs}. */
final class ChipLine implements Actuator {
    private final BusThread bus;
    private final OutputChip chip;
    private final int line;
    private int resets;

    private ChipLine(BusThread bus, OutputChip chip, int line) {
        this.bus = bus;
        this.chip = chip;
        this.line = line;
    }

    static ChipLine open(BusThread bus, OutputChip chip, int line, OptionalDouble level) throws ActuatorException {
        var opened = new ChipLine(bus, chip, line);
        opened.resets = bus.run(() -> {
            chip.drive(line, level.isPresent() ? level.getAsDouble() : chip.read(line));
            return chip.resets();
        });
        return opened;
    }

    @Override
    public void set(double level) throws ActuatorException {
        bus.run(() -> {
            requireSame();
            chip.drive(line, level);
            return level;
        });
    }

    @Override
    public double read() throws ActuatorException {
        return bus.run(() -> {
            requireSame();
            return chip.read(line);
        });
    }

    private void requireSame() throws SensorException {
        if (chip.resets() != resets) {
            throw new SensorException(chip.where() + " was reset: it does not have what was written");
        }
    }

    @Override
    public List<LastWrite> writes(double level) {
        return chip.lastWrites(line, level);
    }

    @Override
    public void close() {
        // the chip is the others', too
    }
}
