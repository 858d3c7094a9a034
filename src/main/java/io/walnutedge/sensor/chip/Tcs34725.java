package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.I2cDriver;
import io.walnutedge.sensor.i2c.Probe;
import io.walnutedge.sensor.i2c.Probe.Expected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * ams TCS34725 and its kin: illuminance, and red, green, blue and clear light in percent of the full scale, of one
 * integration (datasheet TCS3472, version 1-02; ams DN40 for the illuminance). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Tcs34725 implements I2cDriver {
    private static final int COMMAND = 0x80; // command register: bit 7 in each register's number
    private static final int ENABLE = COMMAND; // enable register, 0x00
    private static final int POWER = 0x01; // enable register, PON
    private static final int INTEGRATE = 0x02; // enable register, AEN
    private static final int TIME = COMMAND | 0x01; // RGBC timing register: 256 less the cycles
    private static final int GAIN = COMMAND | 0x0f; // control register, AGAIN
    private static final Expected ID_OF_5 = Expected.of(COMMAND | 0x12, 0x44); // ID register, TCS34721 and 5
    private static final Expected ID_OF_7 = Expected.of(COMMAND | 0x12, 0x4d); // ID register, TCS34723 and 7
    private static final int STATUS = COMMAND | 0x13; // status register
    private static final int VALID = 0x01; // status register, AVALID
    private static final int DATA = COMMAND | 0x20 | 0x14; // clear, red, green, blue; 0x20: the number goes up
    private static final int COUNTS_PER_CYCLE = 1024; // RGBC timing register: the most counts of one cycle
    private static final Duration WARM_UP = Duration.ofMillis(3); // enable register: 2.4 ms between PON and AEN
    private static final double CYCLE_MILLIS = 2.4; // RGBC timing register
    private static final int LONGEST_CYCLE_MICROS = 2740; // RGBC operation: 256 cycles last up to 700 ms

    // DN40: the device's factor and what the colours count for
    private static final double DEVICE_FACTOR = 310;
    private static final double RED_WEIGHT = 0.136;
    private static final double BLUE_WEIGHT = -0.444;
    private static final int CYCLES_WITHOUT_RIPPLE = 63; // DN40: from 150 ms on the full scale can be used
    private static final double DARK = -5; // counts: so little below zero is noise

    private static final List<Integer> GAINS = List.of(1, 4, 16, 60); // control register, by code
    private static final List<Quantity> COLOURS = List.of(share("clear"), share("red"), share("green"), share("blue"));

    private static Quantity share(String colour) {
        return new Quantity(colour, "%", 2);
    }

    @Override
    public ChipDescriptor chip() {
        // Ordering information
        return ChipDescriptor.of("tcs34725", "ams TCS34721, TCS34723, TCS34725, TCS34727", 0x29, 0x39)
                .id(ID_OF_5)
                .told(Probe.of(List.of("tcs34727"), ID_OF_7))
                .keys("`gain` 1 **4** 16 60; `cycles` of 2.4 ms, 1 to 256, **64**; "
                        + "`glass` (by how much a glass weakens the light) 1 to 100, **1**");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var gain = I2cChip.oneOf(settings, "gain", 4, GAINS);
        var cycles = settings.integer("cycles", 64, 1, 256);
        var glass = settings.number("glass", 1, 1, 100);
        var quantities = List.of(Quantity.ILLUMINANCE, COLOURS.get(0), COLOURS.get(1), COLOURS.get(2), COLOURS.get(3));
        return plan(settings, "TCS34725", quantities, chip -> {
            chip.identify(ID_OF_5, ID_OF_7);
            return new Opened(chip, gain, cycles, glass);
        });
    }

    private record Opened(I2cChip chip, int gain, int cycles, double glass) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            chip.write(ENABLE, 0); // an interrupted reading goes on
            chip.write(TIME, 256 - cycles);
            chip.write(GAIN, GAINS.indexOf(gain));
            chip.write(ENABLE, POWER);
            chip.pause(WARM_UP);
            chip.write(ENABLE, POWER | INTEGRATE);
            // a cycle for the start
            chip.await(Duration.ofNanos((cycles + 1L) * LONGEST_CYCLE_MICROS * 1000L), this::isOver);
            var data = chip.readRegister(DATA, 8);
            checkSettings();
            chip.write(ENABLE, 0);
            var counts = new int[COLOURS.size()];
            for (var i = 0; i < counts.length; i++) {
                counts[i] = ((data[2 * i + 1] & 0xff) << 8) | (data[2 * i] & 0xff);
            }
            return measurements(counts);
        }

        private boolean isOver() throws SensorException {
            return (chip.readRegister(STATUS, 1)[0] & VALID) != 0;
        }

        private void checkSettings() throws SensorException {
            chip.same("enable register", POWER | INTEGRATE, chip.readRegister(ENABLE, 1)[0] & 0xff);
            chip.same("timing register", 256 - cycles, chip.readRegister(TIME, 1)[0] & 0xff);
            chip.same("control register", GAINS.indexOf(gain), chip.readRegister(GAIN, 1)[0] & 0xff);
        }

        private List<Measurement> measurements(int... counts) throws SensorException {
            var full = Math.min(65_535, cycles * COUNTS_PER_CYCLE);
            var usable = cycles < CYCLES_WITHOUT_RIPPLE ? full * 3 / 4 : full;
            var measurements = new ArrayList<Measurement>();
            for (var i = 0; i < counts.length; i++) {
                var colour = COLOURS.get(i);
                var count = counts[i];
                measurements.add(I2cChip.each(colour, () -> {
                    if (count >= usable) {
                        throw chip.none(colour.name() + " is saturated; reduce gain or cycles");
                    }
                    return count * 100.0 / full;
                }));
            }
            var saturated = measurements.stream()
                    .flatMap(each -> each.absence().stream())
                    .findFirst()
                    .map(none -> new Measurement(Quantity.ILLUMINANCE, none));
            measurements.add(0, saturated.orElseGet(() -> I2cChip.each(Quantity.ILLUMINANCE, () -> lux(counts))));
            return List.copyOf(measurements);
        }

        /** DN40: what all three colours have more than the clear channel is infrared. */
        private double lux(int... counts) throws SensorException {
            var infrared = Math.max(0, (counts[1] + counts[2] + counts[3] - counts[0]) / 2.0);
            var weighted =
                    RED_WEIGHT * (counts[1] - infrared) + (counts[2] - infrared) + BLUE_WEIGHT * (counts[3] - infrared);
            if (weighted < DARK) {
                throw chip.none("light of such a colour has no illuminance here");
            }
            return Math.max(0, weighted) * glass * DEVICE_FACTOR / (cycles * CYCLE_MILLIS * gain);
        }
    }
}
