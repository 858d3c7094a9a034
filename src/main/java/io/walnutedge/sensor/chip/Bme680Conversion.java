package io.walnutedge.sensor.chip;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.Probe.Expected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The conversions of a BME680 or BME688 (BST-BME680-DS001), prepared anew after each failure, which may have been a power
 * cut. Used by one thread at a time.
 */
final class Bme680Conversion extends PreparedSensor {
    static final Expected ID = Expected.of(0xd0, 0x61); // 5.2, memory map: chip_id, also the BME688's
    private static final int VARIANT = 0xf0; // BME688, memory map: variant_id
    private static final int RESET = 0xe0; // 5.2, memory map: reset
    private static final int RESET_WORD = 0xb6; // reset
    private static final Duration START_UP = Duration.ofMillis(10); // BME68x Sensor API, BME68X_PERIOD_RESET
    private static final int RES_HEAT_0 = 0x5a; // 5.2, memory map
    private static final int GAS_WAIT_0 = 0x64; // 5.2, memory map
    private static final int CTRL_GAS_1 = 0x71; // 5.2, memory map; up to config follow ctrl_hum, status, ctrl_meas
    private static final int RUN_GAS = 0x10; // run_gas, with nb_conv for the heater profile 0
    private static final int RUN_GAS_688 = 0x20; // run_gas of the BME688
    private static final int CTRL_HUM = 0x72; // 5.2, memory map
    private static final int CTRL_MEAS = 0x74; // 5.2, memory map: osrs_t, osrs_p, mode
    private static final int FORCED = 0x01; // mode
    private static final int CONFIG = 0x75; // 5.2, memory map: filter
    private static final int MEAS_STATUS =
            0x1d; // 5.2, memory map: meas_status_0; pressure, temperature, humidity, gas follow
    private static final int NEW_DATA = 0x80; // meas_status_0, new_data_0
    private static final int MEASURING = 0x60; // meas_status_0, gas_measuring and measuring
    private static final int DATA_BYTES = 17;
    private static final int GAS = 13; // gas_r at 0x2a; the BME688's is at 0x2c
    private static final int GAS_688 = 15;
    private static final int GAS_VALID = 0x20; // gas_r_lsb, gas_valid_r
    private static final int HEATER_STABLE = 0x10; // gas_r_lsb, heat_stab_r

    private final I2cChip chip;
    private final int humidityControl;
    private final int control;
    private final int config;
    private final int target;
    private final int millis;
    private final Duration conversion;
    private Bme680Calibration calibration = new Bme680Calibration(new byte[23], new byte[14], new byte[5]);
    private boolean is688;

    /** @param millis 0 without gas */
    Bme680Conversion(I2cChip chip, int oversampling, int filter, int target, int millis) {
        var code = Bme680.OVERSAMPLING.indexOf(oversampling) + 1;
        this.chip = chip;
        this.humidityControl = code;
        this.control = (code << 5) | (code << 2);
        this.config = Bme680.FILTER.indexOf(filter) << 2;
        this.target = target;
        this.millis = millis;
        // BME68x Sensor API, bme68x_get_meas_dur: typical; the deadline is twice that
        this.conversion = Duration.ofNanos(1_000L * (3 * oversampling * 1_963 + 477 * 9 + 1_000) + millis * 1_000_000L);
    }

    @Override
    void prepare() throws SensorException, InterruptedException {
        chip.identify("id", ID);
        chip.write(RESET, RESET_WORD);
        chip.pause(START_UP);
        is688 = chip.readRegister(VARIANT, 1)[0] == 1;
        // 3.3 and 3.4: the compensation parameters
        calibration = new Bme680Calibration(
                chip.alive(chip.readRegister(0x8a, 23)),
                chip.alive(chip.readRegister(0xe1, 14)),
                chip.readRegister(0x00, 5));
        if (!calibration.isPlausible()) {
            throw chip.fault("its calibration is blank; a damaged chip, or look at the wires");
        }
        chip.write(CTRL_HUM, humidityControl);
        chip.write(CONFIG, config);
        if (millis > 0) {
            chip.write(RES_HEAT_0, calibration.heaterResistance(target));
            chip.write(GAS_WAIT_0, gasWait(millis));
        }
        chip.write(CTRL_GAS_1, gasControl());
    }

    private int gasControl() {
        return millis == 0 ? 0 : is688 ? RUN_GAS_688 : RUN_GAS;
    }

    /** gas_wait_x: 6 bits of milliseconds, and how often they count four times. */
    static int gasWait(int millis) {
        var factor = 0;
        var rest = millis;
        while (rest > 0x3f) {
            rest /= 4;
            factor++;
        }
        return (factor << 6) | rest;
    }

    @Override
    List<Measurement> sample() throws SensorException, InterruptedException {
        chip.write(CTRL_MEAS, control | FORCED);
        chip.await(conversion, this::isOver);
        return measurements(chip.alive(chip.readRegister(MEAS_STATUS, DATA_BYTES)));
    }

    private boolean isOver() throws SensorException {
        var found = chip.readRegister(CTRL_GAS_1, 5);
        chip.same("ctrl_gas_1", gasControl(), found[0] & 0x3f);
        chip.same("ctrl_hum", humidityControl, found[1] & 0x07);
        chip.same("ctrl_meas", control, found[3] & 0xfc);
        chip.same("config", config, found[4] & 0x1c);
        return (found[3] & 0x03) == 0 && (chip.readRegister(MEAS_STATUS, 1)[0] & (NEW_DATA | MEASURING)) == NEW_DATA;
    }

    private List<Measurement> measurements(byte[] data) throws SensorException {
        var celsius = calibration.celsius(inside(Quantity.TEMPERATURE, unsigned20(data, 5), 0xfffff));
        var percent = calibration.percent(inside(Quantity.HUMIDITY, I2cChip.unsigned16(data, 8), 0xffff), celsius);
        var pascals = calibration.pascals(inside(Quantity.PRESSURE, unsigned20(data, 2), 0xfffff), celsius);
        var measurements = new ArrayList<Measurement>();
        // ranges: 1, specification; the humidity's formula is held at its ends, as in Bosch's driver
        measurements.add(chip.measured(Quantity.TEMPERATURE, celsius, -40, 85));
        measurements.add(chip.humidity(percent));
        measurements.add(chip.measured(Quantity.PRESSURE, pascals / 100, 300, 1100));
        if (millis > 0) {
            measurements.add(I2cChip.each(Quantity.GAS_RESISTANCE, () -> ohms(data, is688 ? GAS_688 : GAS)));
        }
        return List.copyOf(measurements);
    }

    private double ohms(byte[] data, int at) throws SensorException {
        var word = I2cChip.unsigned16(data, at);
        if ((word & GAS_VALID) == 0) {
            throw chip.fault("did not measure gas");
        }
        if ((word & HEATER_STABLE) == 0) {
            throw chip.fault("its heater did not reach " + target + " °C; lengthen heater-duration, or write less");
        }
        var adc = word >> 6;
        var range = word & 0x0f;
        return is688 ? Bme680Calibration.ohms688(adc, range) : calibration.ohms(adc, range);
    }

    private int inside(Quantity quantity, int adc, int max) throws SensorException {
        if (adc == 0 || adc == max) {
            throw chip.fault("its " + quantity.name() + " converter is at its end (" + I2cChip.hex(adc, 1) + ")");
        }
        return adc;
    }

    private static int unsigned20(byte[] data, int at) {
        return ((data[at] & 0xff) << 12) | ((data[at + 1] & 0xff) << 4) | ((data[at + 2] & 0xf0) >> 4);
    }
}
