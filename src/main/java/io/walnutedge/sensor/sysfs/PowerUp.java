package io.walnutedge.sensor.sysfs;

import io.walnutedge.sensor.SensorException;
import java.nio.file.Path;

/**
 * Judges the temperatures of one 1-wire thermometer. The temperature register holds +85 °C after power-up (DS18B20 data
 * sheet, "Operation—Measuring Temperature"), so an exact 85 of a sensor that lost its power in a conversion looks like
 * a measurement. It is believed only where
 *
 * <ul>
 *   <li>the scratchpad shows that a conversion ran: a DS18B20 leaves 0x10 less the lowest four bits of the temperature in
 *       reserved byte 6, thus 0x10 at 85 °C, and 0x0C at power-up (which {@code w1_therm} tests for as well, if asked to);
 *       the copies that always have 0x0C there never show an exact 85; or
 *   <li>that is not known, and the sample before it, with no error between, was within 5 K of it.
 * </ul>
 *
 * <p>Thus a first reading of 85 is refused without proof, and so are those after it until another value came. One thread
 * at a time.
 */
final class PowerUp {
    /** What the scratchpad says of the conversion. */
    enum Proof {
        CONVERTED,
        NOT_CONVERTED,
        UNKNOWN
    }

    private static final int POWER_UP = 85_000;

    /** What water or metal that a probe sits in may warm or cool between two samples. */
    private static final int NEAR = 5_000;

    /** The range of the DS18B20 (data sheet, "Features"); -127 and 127.94 are what failures look like. */
    private static final int COLDEST = -55_000;

    private static final int HOTTEST = 125_000;

    /** What a DS18B20 says after a conversion with too little power (Documentation/w1/slaves/w1_therm.rst, "features"). */
    private static final int POWERLESS = 127_937;

    /** None: far from every temperature. */
    private static final int NONE = Integer.MIN_VALUE / 2;

    private int previous = NONE;

    /**
     * To be called with each sample.
     *
     * @return °C
     * @throws SensorException if it is no measurement
     */
    double judged(double milliCelsius, Proof proof, Path source) throws SensorException {
        var before = previous;
        previous = NONE;
        if (milliCelsius < COLDEST || milliCelsius > HOTTEST) {
            throw new SensorException(source + " says " + milliCelsius / 1000
                    + " °C, out of the sensor's range of -55 to 125"
                    + (milliCelsius == POWERLESS ? ": too little power in the conversion; check the supply" : ""));
        }
        var near = Math.abs(milliCelsius - before) <= NEAR;
        if (milliCelsius == POWER_UP && proof != Proof.CONVERTED && (proof == Proof.NOT_CONVERTED || !near)) {
            throw new SensorException(source + " says 85 °C, the value after power-up:"
                    + " no conversion ran; check the supply and the pull-up resistor");
        }
        previous = (int) Math.round(milliCelsius);
        return milliCelsius / 1000;
    }

    /** A sample failed: the next one has no neighbour. */
    void forget() {
        previous = NONE;
    }
}
