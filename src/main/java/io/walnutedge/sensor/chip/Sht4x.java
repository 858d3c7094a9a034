package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.I2cDriver;
import io.walnutedge.sensor.i2c.Range;
import java.time.Duration;
import java.util.List;

/**
 * Sensirion SHT40, SHT41, SHT45: temperature and humidity, one measurement for each reading (datasheet SHT4x, version
 * 6). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Sht4x implements I2cDriver {
    private static final Range CELSIUS = Range.celsius(-40, 125);
    private static final int SERIAL_NUMBER = 0x89; // 4.5
    private static final int SOFT_RESET = 0x94; // 4.5; 4.8: also ends heating
    private static final Duration RESET_TIME = Duration.ofMillis(1); // 3.2: at most
    private static final Duration SERIAL_TIME = Duration.ofMillis(1); // 3.2: between commands

    /** Commands of 4.5 and the longest times of 3.2, in microseconds. */
    enum Precision {
        LOW(0xe0, 1_700),
        MEDIUM(0xf6, 4_500),
        HIGH(0xfd, 8_300);

        private final int command;
        private final int longestMicros;

        Precision(int command, int longestMicros) {
            this.command = command;
            this.longestMicros = longestMicros;
        }
    }

    @Override
    public ChipDescriptor chip() {
        // Chapter 7: parts with A, B and C
        return ChipDescriptor.of("sht4x", "Sensirion SHT40, SHT41, SHT45", 0x44, 0x45, 0x46)
                .takesCommands()
                .rank(ChipDescriptor.FIRST)
                .keys("`precision` low medium **high**")
                .kernel("sht4x", CELSIUS);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var precision = settings.choice("precision", Precision.HIGH);
        return plan(settings, "SHT4x", List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY), chip -> {
            chip.write(SOFT_RESET);
            chip.pause(RESET_TIME);
            chip.write(SERIAL_NUMBER);
            chip.pause(SERIAL_TIME);
            chip.words(2, Crc8.SENSIRION); // 4.7: an SHT3x has no such command
            return new Opened(chip, precision);
        });
    }

    private record Opened(I2cChip chip, Precision precision) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            chip.write(precision.command);
            chip.pause(Duration.ofNanos(precision.longestMicros * 1_000L));
            var words = chip.words(2, Crc8.SENSIRION);
            // 4.6, which lets values beyond 0 and 100 % be cropped; the range of 2.2
            var celsius = -45 + 175 * (words[0] / 65_535.0);
            var percent = -6 + 125 * (words[1] / 65_535.0);
            return List.of(chip.measured(CELSIUS, celsius), chip.humidity(percent));
        }
    }
}
