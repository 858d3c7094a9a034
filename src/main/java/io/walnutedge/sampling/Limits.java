package io.walnutedge.sampling;

import java.time.Duration;

/**
 * When a read is slow and when it hangs. Immutable; any thread.
 *
 * @param patience after which another thread reads the rest of the file-like sensors
 * @param fileHang after which a file-like sensor is offline and its thread is set aside
 * @param busHang after which the sensors of a bus that are due are offline
 * @param portHang after which the sensor of a serial port is offline
 */
public record Limits(Duration patience, Duration fileHang, Duration busHang, Duration portHang) {
    /**
     * A sysfs attribute is read in microseconds, a DS18B20 in 750 ms (its datasheet, table 1: 12 bits), and those on one
     * wire wait for each other: 10 s are enough for thirteen. The kernel gives an I2C transfer up after 1 s
     * (i2c_register_adapter: timeout = HZ), and no supported chip needs more than a few.
     * Who waits for a line of a serial port may do so for a minute.
     */
    public static final Limits DEFAULT =
            new Limits(Duration.ofMillis(20), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(65));
}
