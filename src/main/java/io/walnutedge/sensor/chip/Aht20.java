package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.config.Settings;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import java.time.Duration;
import java.util.List;

/**
 * Aosong AHT20 and AHT21: temperature and humidity, one measurement for each reading (datasheet AHT20, version 1.0).
 * Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Aht20 implements SensorDriver {
    private static final int SOFT_RESET = 0xba; // 5.5
    private static final Duration RESET_TIME = Duration.ofMillis(20); // 5.5: at most
    private static final int[] INITIALIZE = {0xbe, 0x08, 0x00}; // 5.3, table 9; 5.4, step 1
    private static final Duration INITIALIZE_TIME = Duration.ofMillis(10); // 5.4, step 1
    private static final int[] MEASURE = {0xac, 0x33, 0x00}; // 5.3, table 9; 5.4, step 2
    private static final Duration MEASURE_TIME = Duration.ofMillis(80); // 5.4, step 3
    private static final int BUSY = 0x80; // 5.3, table 10, bit 7 of the status
    private static final int CALIBRATED = 0x08; // 5.3, table 10, bit 3
    private static final int DATA = 6; // 5.4, step 3: status, 20 bits of humidity, 20 bits of temperature; then the CRC

    @Override
    public String name() {
        return "aht20";
    }

    @Override
    public String title() {
        return "Aosong AHT20, AHT21";
    }

    @Override
    public String keys() {
        return "";
    }

    @Override
    public SensorPlan plan(Settings settings) {
        var device = Chip.device(settings, 0x38); // 5.3
        return Chip.plan("AHT20", device, List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY), chip -> {
            chip.write(SOFT_RESET);
            chip.pause(RESET_TIME);
            if ((status(chip) & CALIBRATED) == 0) {
                chip.write(INITIALIZE);
                chip.pause(INITIALIZE_TIME);
                calibrated(chip, status(chip));
            }
            return new Opened(chip);
        });
    }

    /** The first byte of every answer; 0x71 of the datasheet is no command but the address with the read bit. */
    private static int status(Chip chip) throws SensorException {
        return chip.read(1)[0] & 0xff;
    }

    private static void calibrated(Chip chip, int status) throws SensorException {
        if ((status & CALIBRATED) == 0) {
            throw chip.fault(String.format("is not calibrated: its status is 0x%02x", status));
        }
    }

    private record Opened(Chip chip) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            chip.write(MEASURE);
            chip.await(MEASURE_TIME, () -> (status(chip) & BUSY) == 0);
            var answer = chip.alive(chip.read(DATA + 1));
            chip.check(Crc8.SENSIRION.of(answer, 0, DATA), answer[DATA] & 0xff); // 5.4, step 3: the same CRC
            calibrated(chip, answer[0]);
            var middle = answer[3] & 0xff;
            var humidity = (Chip.unsigned16(answer, 1) << 4) | (middle >> 4);
            var temperature = ((middle & 0x0f) << 16) | Chip.unsigned16(answer, 4);
            // 6.1 and 6.2; the range of the AHT21, which is the wider one
            var celsius = temperature * 200.0 / (1 << 20) - 50;
            return List.of(
                    Measurement.of(Quantity.TEMPERATURE, chip.within(Quantity.TEMPERATURE, celsius, -40, 120)),
                    Measurement.of(Quantity.HUMIDITY, humidity * 100.0 / (1 << 20)));
        }

        @Override
        public void close() {
            chip.close();
        }
    }
}
