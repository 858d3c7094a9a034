package io.walnutedge.sensor.chip;

import io.walnutedge.config.Settings;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import java.time.Duration;
import java.util.List;

/**
 * What INA219 and INA226 have in common: a shunt's voltage and the bus's, one triggered conversion of both for each
 * reading, and a calibration by which the chip computes current and power. The calibration is written for each reading,
 * since a chip that lost it says 0 A. Used by one thread at a time.
 */
abstract class Ina2xx implements Sensor {
    static final Quantity SHUNT = new Quantity("shunt-voltage", "mV", 3);
    static final List<Quantity> QUANTITIES = List.of(Quantity.VOLTAGE, SHUNT, Quantity.CURRENT, Quantity.POWER);

    // of the same numbers in both: INA219 SBOS448G, table 2; INA226 SBOS547A, table 4
    static final int CONFIGURATION = 0x00;
    static final int SHUNT_VOLTAGE = 0x01;
    static final int BUS_VOLTAGE = 0x02;
    private static final int POWER = 0x03;
    private static final int CURRENT = 0x04;
    private static final int CALIBRATION = 0x05;

    /** Current is a signed word (SBOS448G, 8.6.3.4; SBOS547A, 7.6.5). */
    private static final double CODES = 32_768;

    final Chip chip;
    private final Load load;

    Ina2xx(Chip chip, Load load) {
        this.chip = chip;
        this.load = load;
    }

    /** @param shunt in ohm; current in ampere, the largest to be measured */
    record Load(double shunt, double current) {
        /** @param current the default of the largest, at the default shunt */
        static Load of(Settings settings, double current) {
            // what is sold is between a tenth of a milliohm and ten ohms
            return new Load(
                    settings.number("shunt", 0.1, 0.0001, 10), settings.number("max-current", current, 0.001, 1000));
        }

        /** In ampere for each step of the current's code. */
        double step() {
            return current / CODES;
        }

        /** In volt, at the largest current. */
        double drop() {
            return shunt * current;
        }
    }

    /** The calibration, by the chip's own constant (SBOS448G, equation 1; SBOS547A, equation 1). */
    static int calibration(Load load, double constant) {
        return (int) (constant / (load.step() * load.shunt()) + 1e-6);
    }

    abstract int configuration();

    abstract int calibration();

    abstract Duration conversion();

    /** Whether both conversions are over; a calculation that overflowed is a fault. */
    abstract boolean isOver() throws SensorException;

    /** In volt, refused where the converter is at its end. */
    abstract double bus() throws SensorException;

    /** In volt, refused where the converter is at its end. */
    abstract double shunt() throws SensorException;

    /** What the power's step is in steps of the current (SBOS448G, equation 3; SBOS547A, 7.6.4). */
    abstract double powerFactor();

    /** Power is read last: to read it clears the INA219's flag (SBOS448G, 8.6.3.2). */
    @Override
    public final List<Measurement> read() throws SensorException, InterruptedException {
        chip.writeWord(CALIBRATION, calibration());
        chip.writeWord(CONFIGURATION, configuration());
        chip.await(conversion(), this::isOver);
        var bus = bus();
        var shunt = shunt();
        var current = (short) chip.word(CURRENT) * load.step();
        var power = chip.word(POWER) * load.step() * powerFactor();
        chip.same("calibration", calibration(), chip.word(CALIBRATION));
        chip.same("configuration", configuration(), chip.word(CONFIGURATION));
        return List.of(
                Measurement.of(Quantity.VOLTAGE, bus),
                Measurement.of(SHUNT, shunt * 1000),
                Measurement.of(Quantity.CURRENT, current),
                Measurement.of(Quantity.POWER, power));
    }

    final SensorException overflow() {
        return chip.fault("its calculation overflowed: the current is above max-current, " + load.current() + " A");
    }

    final SensorException saturated(String what, double volts) {
        return chip.fault(String.format(java.util.Locale.ROOT, "%s is saturated at %.3f V", what, volts));
    }

    @Override
    public final void close() {
        chip.close();
    }
}
