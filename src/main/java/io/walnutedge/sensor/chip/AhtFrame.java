package io.walnutedge.sensor.chip;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.I2cChip;
import java.time.Duration;
import java.util.List;

/**
 * What Aosong's AHT10 and AHT20 answer: status, 20 bits of humidity, 20 bits of temperature (datasheet AHT20, version 1.0).
 * Stateless; any thread.
 */
final class AhtFrame {
    static final int BUSY = 0x80; // 5.3, table 10, bit 7 of the status
    private static final int CALIBRATED = 0x08; // 5.3, table 10, bit 3

    private AhtFrame() {}

    /** The first byte of every answer; 0x71 of the datasheet is no command but the address with the read bit. */
    static int status(I2cChip chip) throws SensorException {
        return chip.read(1)[0] & 0xff;
    }

    /** Initializes a chip that is not calibrated, and refuses one that is not then. */
    static void initialize(I2cChip chip, int[] command, Duration time) throws SensorException, InterruptedException {
        if ((status(chip) & CALIBRATED) == 0) {
            chip.write(command);
            chip.pause(time);
            calibrated(chip, status(chip));
        }
    }

    private static void calibrated(I2cChip chip, int status) throws SensorException {
        if ((status & CALIBRATED) == 0) {
            throw chip.fault("is not calibrated: its status is " + I2cChip.hex(status, 2));
        }
    }

    /** @param max the chip's highest temperature, in °C */
    static List<Measurement> measurements(I2cChip chip, byte[] answer, double max) throws SensorException {
        calibrated(chip, answer[0]);
        var middle = answer[3] & 0xff;
        var humidity = (I2cChip.unsigned16(answer, 1) << 4) | (middle >> 4);
        var temperature = ((middle & 0x0f) << 16) | I2cChip.unsigned16(answer, 4);
        // 6.1 and 6.2
        var celsius = chip.measured(Quantity.TEMPERATURE, temperature * 200.0 / (1 << 20) - 50, -40, max);
        // no air is so dry; seen of AHT10s that were read before 90 ms (github.com/esphome/issues, 1635 and 2434)
        if (humidity == 0) {
            throw chip.fault("has no humidity yet");
        }
        return List.of(celsius, chip.humidity(humidity * 100.0 / (1 << 20)));
    }
}
