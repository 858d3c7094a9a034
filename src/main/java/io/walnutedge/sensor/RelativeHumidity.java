package io.walnutedge.sensor;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What every source of relative humidity may say, whoever reads the chip. At the ends of its range a chip's formula gives a
 * few percent more than there can be, which the makers let crop (Sensirion SHT4x datasheet, 4.6; Si7021 datasheet, 5.1.1);
 * what is far beyond was never measured. Stateless; any thread.
 */
public final class RelativeHumidity {
    private static final double BEYOND = 10;

    private RelativeHumidity() {}

    /**
     * The humidity in percent, 0 to 100.
     *
     * @param where it was read, for the error
     * @throws SensorException if it is more than 10 % beyond that, or no number
     */
    public static double checked(double percent, String where) throws SensorException {
        if (percent >= -BEYOND && percent <= 100 + BEYOND) {
            return Math.max(0, Math.min(100, percent));
        }
        var shown = Double.isFinite(percent)
                ? new BigDecimal(percent).setScale(1, RoundingMode.HALF_UP).toPlainString()
                : Double.toString(percent);
        throw new SensorException(where + ": humidity " + shown + " % is beyond what air can have: no value");
    }
}
