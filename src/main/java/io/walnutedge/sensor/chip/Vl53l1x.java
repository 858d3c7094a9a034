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
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * STMicroelectronics VL53L1X: distance (datasheet DocID031281, and the registers of the maker's ultra lite driver,
 * STSW-IMG009). Stateless; any thread.
 *
 * <p>Each reading is two rangings: the first after a start does not know whether its light came one period late.
 */
@AutoService(SensorDriver.class)
public final class Vl53l1x implements I2cDriver {
    private static final int SUPPLY_LOOPS = 0x0008; // VHV_CONFIG__TIMEOUT_MACROP_LOOP_BOUND
    private static final int SUPPLY_START = 0x000b; // VHV_CONFIG__INIT
    private static final int READY = 0x0031; // GPIO__TIO_HV_STATUS, bit 0, active high as configured
    private static final int TIMING_LENGTH = 6;
    private static final int CLEAR = 0x0086; // SYSTEM__INTERRUPT_CLEAR
    private static final int MODE = 0x0087; // SYSTEM__MODE_START
    private static final int RANGE = 0x40; // MODE_START: one ranging after the other
    private static final int RESULT = 0x0089; // RESULT__RANGE_STATUS; millimetres follow after 13 bytes
    /** Of ST's API: no target or little signal, bounds of the phase, sigma, wrapped target, below the least range. */
    private static final Set<Integer> NO_TARGET = Set.of(4, 5, 6, 7, 8);

    private static final int LONGEST = 4000; // datasheet, features: up to 4 m
    private static final int VALID = 9; // RESULT__RANGE_STATUS, bits 0 to 4
    private static final int BOOTED = 0x00e5; // FIRMWARE__SYSTEM_STATUS, bit 0
    private static final int ID = 0x010f; // datasheet, reference registers: model, then type of module
    private static final int EXPECTED_ID = 0xeacc; // datasheet, reference registers
    private static final Duration BOOT = Duration.ofMillis(2); // datasheet, boot: 1.2 ms at most

    @Override
    public ChipDescriptor chip() {
        // Datasheet 4: 0x52 with the bit of direction; its register numbers have 16 bits, of which the lower would be
        // data to a VL53L0X
        return ChipDescriptor.of("vl53l1x", "STMicroelectronics VL53L1X", 0x29)
                .keys("`mode` short (to 1.3 m, better in bright light) **long**; "
                        + "`budget` (of one ranging) 20 33 50 **100** 200 500 (ms)");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var mode = settings.choice("mode", Vl53l1xMode.LONG);
        var budget = I2cChip.oneOf(settings, "budget", 100, Vl53l1xMode.BUDGETS);
        return plan(
                        settings,
                        "VL53L1X",
                        List.of(Quantity.DISTANCE),
                        chip -> new Opened(chip, mode.configuration(budget), Duration.ofMillis(budget)).prepared())
                .noSooner(Duration.ofMillis(budget));
    }

    private static final class Opened extends PreparedSensor {
        private final I2cChip chip;
        private final byte[] configuration;
        private final Duration budget;

        Opened(I2cChip chip, byte[] configuration, Duration budget) {
            this.chip = chip;
            this.configuration = configuration;
            this.budget = budget;
        }

        @Override
        void prepare() throws SensorException, InterruptedException {
            var id = I2cChip.unsigned16(chip.alive(bytes(ID, 2)), 0);
            if (id != EXPECTED_ID) {
                throw chip.fault("the chip is another one: its id is " + I2cChip.hex(id, 4));
            }
            chip.await(BOOT, () -> (bytes(BOOTED, 1)[0] & 1) != 0);
            configure();
            write(MODE, RANGE);
            chip.await(budget.multipliedBy(2), this::isReady); // with a whole calibration of the supply
            write(CLEAR, 1);
            write(MODE, 0);
            write(SUPPLY_LOOPS, 0x09); // from now on a short calibration,
            write(SUPPLY_START, 0); // from the last one
        }

        private void configure() throws SensorException {
            var transfer = new int[2 + configuration.length];
            transfer[1] = Vl53l1xMode.FIRST;
            for (var i = 0; i < configuration.length; i++) {
                transfer[2 + i] = configuration[i] & 0xff;
            }
            chip.write(transfer);
        }

        private byte[] bytes(int register, int count) throws SensorException {
            chip.write(register >> 8, register & 0xff);
            return chip.read(count);
        }

        private void write(int register, int value) throws SensorException {
            chip.write(register >> 8, register & 0xff, value);
        }

        private boolean isReady() throws SensorException {
            return (bytes(READY, 1)[0] & 1) != 0;
        }

        @Override
        List<Measurement> sample() throws SensorException, InterruptedException {
            write(CLEAR, 1);
            write(MODE, RANGE);
            chip.await(budget, this::isReady);
            write(CLEAR, 1);
            chip.await(budget, this::isReady);
            var result = chip.alive(bytes(RESULT, 15));
            write(MODE, 0);
            write(CLEAR, 1);
            checkSettings();
            keepPrepared();
            return List.of(distance(result));
        }

        private void checkSettings() throws SensorException {
            chip.same(
                    "voltage of the bus",
                    Vl53l1xMode.HIGH_VOLTAGE,
                    bytes(Vl53l1xMode.VOLTAGE, 1)[0] & Vl53l1xMode.HIGH_VOLTAGE);
            var from = Vl53l1xMode.TIMING - Vl53l1xMode.FIRST;
            if (!Arrays.equals(
                    bytes(Vl53l1xMode.TIMING, TIMING_LENGTH),
                    Arrays.copyOfRange(configuration, from, from + TIMING_LENGTH))) {
                throw chip.fault("lost its timing; was its power interrupted?");
            }
        }

        private Measurement distance(byte[] result) throws SensorException {
            var status = result[0] & 0x1f;
            var millimetres = I2cChip.unsigned16(result, 13);
            if (NO_TARGET.contains(status) || (status == VALID && millimetres > LONGEST)) {
                throw chip.none("no range (status " + status + "); no target, too far, or too bright around it");
            }
            if (status != VALID) {
                throw chip.fault("did not measure (status " + status + "); look at its supply");
            }
            return Measurement.of(Quantity.DISTANCE, millimetres / 1000.0);
        }
    }
}
