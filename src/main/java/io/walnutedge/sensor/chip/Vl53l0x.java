package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.I2cDriver;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * STMicroelectronics VL53L0X: distance, one single ranging for each reading (datasheet DocID029104, and the names of
 * registers of the maker's API, STSW-IMG005). Stateless; any thread.
 *
 * <p>The chip keeps the tuning of its own memory, as with the driver of Linux; supply and temperature are calibrated at
 * opening.
 */
@AutoService(SensorDriver.class)
public final class Vl53l0x implements I2cDriver {
    private static final int ID = 0xc0; // datasheet, reference registers
    private static final int EXPECTED_ID = 0xeeaa; // datasheet, reference registers: 0xc0 and 0xc1
    private static final int START = 0x00; // SYSRANGE_START
    private static final int SINGLE = 0x01; // SYSRANGE_MODE_START_STOP
    private static final int SUPPLY = 0x40; // with it a start calibrates the supply of the photon detectors
    private static final int SEQUENCE = 0x01; // SYSTEM_SEQUENCE_CONFIG
    private static final int SUPPLY_STEP = 0x01; // the only step of the first calibration
    private static final int PHASE_STEP = 0x02; // the only step of the second calibration
    private static final int RANGING_STEPS = 0xe8; // dynamic detectors, pre-range, final range
    private static final int INTERRUPT = 0x0a; // SYSTEM_INTERRUPT_CONFIG_GPIO
    private static final int NEW_SAMPLE = 0x04; // GPIO_FUNCTIONALITY_NEW_MEASURE_READY
    private static final int CLEAR = 0x0b; // SYSTEM_INTERRUPT_CLEAR
    private static final int READY = 0x13; // RESULT_INTERRUPT_STATUS, bits 0 to 2
    private static final int RESULT = 0x14; // RESULT_RANGE_STATUS; the range follows after 10 bytes, in millimetres
    /** DEVICEERROR_NONE, VCSELCONTINUITYTESTFAILURE, VCSELWATCHDOGTESTFAILURE, NOVHVVALUEFOUND of ST's API. */
    private static final Set<Integer> FAILED = Set.of(0, 1, 2, 3);

    private static final int LONGEST = 2000; // datasheet, features: up to 2 m; without a target it is 8190 or 8191
    private static final int VALID = 11; // RESULT_RANGE_STATUS, bits 3 to 6: the device's error "range complete"
    private static final int SIGNAL_LIMIT = 0x44; // FINAL_RANGE_CONFIG_MIN_COUNT_RATE_RTN_LIMIT, 1/128 MCPS
    private static final int LIMITS = 0x60; // MSRC_CONFIG_CONTROL
    private static final int NO_EARLY_LIMITS = 0x12; // its bits 1 and 4: no limits of signal before the final range
    private static final int VOLTAGE = 0x89; // VHV_CONFIG_PAD_SCL_SDA__EXTSUP_HV, bit 0; 0 after power-up
    private static final int HIGH_VOLTAGE = 0x01; // SCL and SDA at 2.8 V, not 1.8 V
    private static final Duration RANGING =
            Duration.ofMillis(50); // 33 ms as the API sets it; Linux waits 100 ms at most

    @Override
    public ChipDescriptor chip() {
        // Datasheet 3: 0x52 with the bit of direction; IDENTIFICATION_MODEL_ID
        return ChipDescriptor.of("vl53l0x", "STMicroelectronics VL53L0X", 0x29)
                .id(0xc0, 0xee)
                .keys("`signal-limit` (the weakest accepted return), 0 to 500, **0.25** (million counts by second)");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var limit = (int) Math.round(settings.number("signal-limit", 0.25, 0, 500) * 128);
        return plan(settings, "VL53L0X", List.of(Quantity.DISTANCE), chip -> new Opened(chip, limit).prepared());
    }

    private static final class Opened extends PreparedSensor {
        private final I2cChip chip;
        private final int limit;
        private int stop;

        Opened(I2cChip chip, int limit) {
            this.chip = chip;
            this.limit = limit;
        }

        @Override
        void prepare() throws SensorException, InterruptedException {
            identify();
            chip.write(VOLTAGE, register(VOLTAGE) | HIGH_VOLTAGE);
            chip.write(0x88, 0x00); // "set I2C standard mode"
            unlock();
            stop = register(0x91);
            lock();
            chip.write(LIMITS, register(LIMITS) | NO_EARLY_LIMITS);
            chip.writeWord(SIGNAL_LIMIT, limit);
            chip.write(INTERRUPT, NEW_SAMPLE);
            chip.write(CLEAR, 1);
            calibrate(SUPPLY_STEP, SINGLE | SUPPLY);
            calibrate(PHASE_STEP, SINGLE);
            chip.write(SEQUENCE, RANGING_STEPS);
        }

        /** An interrupted reading can have left the second page, which has another content there. */
        private void identify() throws SensorException {
            if (I2cChip.unsigned16(chip.alive(chip.readRegister(ID, 2)), 0) == EXPECTED_ID) {
                return;
            }
            chip.write(0xff, 0x00);
            chip.write(0x80, 0x00);
            var id = I2cChip.unsigned16(chip.readRegister(ID, 2), 0);
            if (id != EXPECTED_ID) {
                throw chip.fault("the chip is another one: its id is " + I2cChip.hex(id, 4));
            }
        }

        private int register(int number) throws SensorException {
            return chip.readRegister(number, 1)[0] & 0xff;
        }

        /** To the second page of registers, which has the "stop variable". */
        private void unlock() throws SensorException {
            chip.write(0x80, 0x01);
            chip.write(0xff, 0x01);
            chip.write(0x00, 0x00);
        }

        private void lock() throws SensorException {
            chip.write(0x00, 0x01);
            chip.write(0xff, 0x00);
            chip.write(0x80, 0x00);
        }

        private void calibrate(int step, int start) throws SensorException, InterruptedException {
            chip.write(SEQUENCE, step);
            chip.write(START, start);
            chip.await(RANGING, this::isReady);
            chip.write(CLEAR, 1);
            chip.write(START, 0);
        }

        private boolean isReady() throws SensorException {
            return (register(READY) & 0x07) != 0;
        }

        @Override
        List<Measurement> sample() throws SensorException, InterruptedException {
            unlock();
            chip.write(0x91, stop);
            lock();
            chip.write(START, SINGLE);
            chip.await(RANGING, this::isReady);
            var result = chip.alive(chip.readRegister(RESULT, 12));
            chip.write(CLEAR, 1);
            chip.same("voltage of the bus", HIGH_VOLTAGE, register(VOLTAGE) & HIGH_VOLTAGE);
            chip.same("limit of signal", limit, chip.word(SIGNAL_LIMIT));
            chip.same("sequence", RANGING_STEPS, register(SEQUENCE));
            keepPrepared();
            return List.of(distance(result));
        }

        private Measurement distance(byte[] result) throws SensorException {
            var status = (result[0] >> 3) & 0x0f;
            var millimetres = I2cChip.unsigned16(result, 10);
            if (FAILED.contains(status)) {
                throw chip.fault("its laser did not work (status " + status + "); look at its supply");
            }
            if (status != VALID || millimetres > LONGEST) {
                throw chip.none("no range (status " + status + "); no target, too far, or too bright around it");
            }
            return Measurement.of(Quantity.DISTANCE, millimetres / 1000.0);
        }
    }
}
