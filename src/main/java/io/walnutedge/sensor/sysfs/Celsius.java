package io.walnutedge.sensor.sysfs;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.Attribute;

/** Temperatures as the kernel gives them, in thousandths of a degree. Stateless. */
final class Celsius {
    /** Drivers that have no value answer THERMAL_TEMP_INVALID, -274000 (include/linux/thermal.h), or worse. */
    private static final double ABSOLUTE_ZERO = -273.15;

    /** Above what any contact sensor or thermocouple measures. */
    private static final double HOTTEST = 2000;

    private Celsius() {}

    /** @throws SensorException if it is no possible temperature */
    static double checked(double celsius, Attribute source) throws SensorException {
        if (celsius < ABSOLUTE_ZERO || celsius > HOTTEST) {
            throw new SensorException(source.path() + " says " + celsius + " °C: no value");
        }
        return celsius;
    }
}
