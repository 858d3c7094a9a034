package io.walnutedge.sensor.chip;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.I2cDriver;
import io.walnutedge.sensor.i2c.Range;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What BME280 and BMP280 have in common: forced mode, one conversion for each reading, all its values in one transfer.
 * Sections are the BME280's (BST-BME280-DS002-15). Used by one thread at a time.
 *
 * <p>The chip's settings are read back after each conversion. That is the only sure sign of a conversion: the values
 * 0x80000 and 0x8000 of a skipped one also occur in a real one, at some 26 °C and 50 %. A chip that lost power, or that was
 * exchanged, has lost its settings; it is prepared anew, with its own calibration, at the next reading.
 */
final class Bmx280 implements Sensor {
    static final String KEYS = "`oversampling` **1** 2 4 8 16; `filter` **0** 2 4 8 16";
    static final Range CELSIUS = Range.celsius(-40, 85); // 1.3
    static final Range HECTOPASCALS = Range.hectopascals(300, 1100); // 1.2
    /** The chips and what register 0xD0 says of them (5.4.1; BMP280 4.3.1). */
    enum Variant {
        BME280(0x60),
        BMP280(0x58);

        private final int id;

        Variant(int id) {
            this.id = id;
        }
    }

    private static final int CALIBRATION = 0x88; // 4.2.2, table 16
    private static final int HUMIDITY_CALIBRATION = 0xe1; // 4.2.2, table 16
    private static final int ID = 0xd0; // 5.4.1
    private static final int RESET = 0xe0; // 5.4.2
    private static final int RESET_WORD = 0xb6; // 5.4.2
    private static final int CTRL_HUM = 0xf2; // 5.4.3
    private static final int STATUS = 0xf3; // 5.4.4
    private static final int IM_UPDATE = 0x01; // 5.4.4: calibration is being copied
    private static final int MEASURING = 0x08; // 5.4.4
    private static final int CTRL_MEAS = 0xf4; // 5.4.5
    private static final int MODE = 0x03; // 5.4.5
    private static final int FORCED = 0x01; // 5.4.5, mode
    private static final int CONFIG = 0xf5; // 5.4.6
    private static final int DATA = 0xf7; // 5.4.7 to 5.4.9: pressure, temperature, humidity
    private static final int SKIPPED = 0x80000; // 5.4.7, 5.4.8: of a measurement that did not run, and after a reset
    private static final Duration START_UP = Duration.ofMillis(2); // 1.2, table 1

    /** t_sb is without effect in forced mode; set, it tells a prepared chip from one after a reset, which has 0 (5.4.6). */
    private static final int MARK = 0xe0;

    private static final List<Integer> OVERSAMPLING = List.of(1, 2, 4, 8, 16); // 5.4.3, 5.4.5
    private static final List<Integer> FILTER = List.of(0, 2, 4, 8, 16); // 5.4.6

    private final I2cChip chip;
    private final Variant variant;
    private final int humidityControl;
    private final int control;
    private final int config;
    private final Duration conversion;
    private Bmx280Calibration calibration;
    private boolean prepared = true;

    private Bmx280(I2cChip chip, Variant variant, int oversampling, int filter, Bmx280Calibration calibration) {
        this.chip = chip;
        this.variant = variant;
        this.humidityControl = code(oversampling);
        this.control = (code(oversampling) << 5) | (code(oversampling) << 2);
        this.config = MARK | ((filter == 0 ? 0 : code(filter) - 1) << 2);
        this.conversion = conversion(oversampling);
        this.calibration = calibration;
    }

    static SensorPlan plan(I2cDriver driver, ConfigTable settings, Variant variant, List<Quantity> quantities) {
        var oversampling = I2cChip.oneOf(settings, "oversampling", 1, OVERSAMPLING);
        var filter = I2cChip.oneOf(settings, "filter", 0, FILTER);
        return driver.plan(settings, variant.name(), quantities, chip -> {
            var sensor = new Bmx280(chip, variant, oversampling, filter, identify(chip, variant));
            sensor.configure();
            return sensor;
        });
    }

    /** 1, 2, 4, 8, 16 as 1 to 5. */
    private static int code(int times) {
        return Integer.numberOfTrailingZeros(times) + 1;
    }

    /** The longest time of a conversion (9.1): 1.25 ms, 2.3 ms for each sample, 0.575 ms for pressure and for humidity. */
    private static Duration conversion(int oversampling) {
        return Duration.ofNanos(1_250_000 + 3 * 2_300_000L * oversampling + 2 * 575_000);
    }

    /** Sees that it is the right chip, resets it and reads its calibration. */
    private static Bmx280Calibration identify(I2cChip chip, Variant variant)
            throws SensorException, InterruptedException {
        var id = chip.alive(chip.readRegister(ID, 1))[0] & 0xff;
        if (id != variant.id) {
            throw chip.fault(wrongId(id));
        }
        chip.write(RESET, RESET_WORD);
        chip.await(START_UP, () -> (chip.readRegister(STATUS, 1)[0] & IM_UPDATE) == 0);
        var hasHumidity = variant == Variant.BME280;
        var low = chip.alive(chip.readRegister(CALIBRATION, hasHumidity ? 26 : 24));
        var high = hasHumidity ? chip.alive(chip.readRegister(HUMIDITY_CALIBRATION, 7)) : new byte[0];
        var calibration = Bmx280Calibration.of(low, high);
        if (!calibration.isPlausible()) {
            throw chip.fault("its calibration is blank; a damaged chip or a bad copy of one");
        }
        return calibration;
    }

    private static String wrongId(int id) {
        for (var other : Variant.values()) {
            if (other.id == id) {
                return "the chip is a " + other + " (id " + I2cChip.hex(id, 2) + "); write type = "
                        + other.name().toLowerCase(Locale.ROOT);
            }
        }
        // BST-BME680-DS001 5.3.4.1; BST-BMP180-DS000 4.3
        var known = id == 0x61 ? ", a BME680 or BME688" : id == 0x55 ? ", a BMP180" : "";
        return "the chip is another one: its id is " + I2cChip.hex(id, 2) + known;
    }

    /** Register and value in pairs in one transfer (6.2.1). ctrl_hum counts from the next write to ctrl_meas (5.4.3). */
    private void configure() throws SensorException {
        if (variant == Variant.BME280) {
            chip.write(CTRL_HUM, humidityControl, CONFIG, config, CTRL_MEAS, control);
        } else {
            chip.write(CONFIG, config, CTRL_MEAS, control);
        }
        prepared = true;
    }

    @Override
    public List<Measurement> read() throws SensorException, InterruptedException {
        if (!prepared) {
            calibration = identify(chip, variant);
            configure();
        }
        // not config: writing it resets the filter (3.4.4)
        chip.write(CTRL_MEAS, control | FORCED);
        chip.await(conversion, this::isOver);
        return measurements(chip.alive(chip.readRegister(DATA, variant == Variant.BME280 ? 8 : 6)));
    }

    /** From ctrl_hum, status, ctrl_meas and config: the mode falls back to sleep after the conversion (3.3.3). */
    private boolean isOver() throws SensorException {
        var found = chip.readRegister(CTRL_HUM, 4);
        if (found[2] == -1) {
            chip.alive(found);
        }
        var isHumiditySet = variant == Variant.BMP280 || (found[0] & 0x07) == humidityControl;
        if (!isHumiditySet || (found[2] & ~MODE & 0xff) != control || (found[3] & 0xfc) != config) {
            prepared = false;
            throw chip.fault("lost its settings; was its power interrupted?");
        }
        return (found[1] & MEASURING) == 0 && (found[2] & MODE) == 0;
    }

    private List<Measurement> measurements(byte[] data) throws SensorException {
        var pressure = unsigned20(data, 0);
        var temperature = unsigned20(data, 3);
        if (pressure == SKIPPED && temperature == SKIPPED) {
            prepared = false;
            throw chip.fault("did not convert; was its power interrupted?");
        }
        refuseRail(Quantity.TEMPERATURE, temperature, 0xfffff);
        refuseRail(Quantity.PRESSURE, pressure, 0xfffff);
        var fine = calibration.fine(temperature);
        var measurements = new ArrayList<Measurement>();
        measurements.add(chip.measured(CELSIUS, Bmx280Calibration.celsius(fine)));
        if (variant == Variant.BME280) {
            var humidity = I2cChip.unsigned16(data, 6);
            refuseRail(Quantity.HUMIDITY, humidity, 0xffff);
            measurements.add(chip.humidity(calibration.percent(fine, humidity)));
        }
        measurements.add(chip.measured(HECTOPASCALS, calibration.hectopascals(fine, pressure)));
        return List.copyOf(measurements);
    }

    /** A converter at its end has no value; humidity's formula would make 0 or 100 of it. */
    private void refuseRail(Quantity quantity, int adc, int max) throws SensorException {
        if (adc == 0 || adc == max) {
            throw chip.fault("its " + quantity.name() + " converter is at its end (" + I2cChip.hex(adc, 1) + ")");
        }
    }

    private static int unsigned20(byte[] data, int at) {
        return ((data[at] & 0xff) << 12) | ((data[at + 1] & 0xff) << 4) | ((data[at + 2] & 0xf0) >> 4);
    }
}
