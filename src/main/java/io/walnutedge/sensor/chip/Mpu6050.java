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
import io.walnutedge.sensor.i2c.Probe.Expected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * InvenSense MPU-6050: acceleration, rotation and temperature of one sample (register map RM-MPU-6000A, revision 4.2, and
 * product specification PS-MPU-6000A, revision 3.4). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Mpu6050 implements I2cDriver {
    private static final int SETTINGS = 0x1a; // registers 26 to 28: filter, range of rotation, range of acceleration
    private static final int INTERRUPTS = 0x38; // register 56
    private static final int STATUS = 0x3a; // register 58; reading clears it
    private static final int DATA_READY = 0x01; // registers 56 and 58, bit 0
    private static final int DATA = 0x3b; // registers 59 to 72: acceleration, temperature, rotation
    private static final int POWER = 0x6b; // register 107
    private static final int RESET = 0x80; // register 107, bit 7
    private static final int AWAKE = 0x01; // register 107: not asleep, clock of the gyroscope X; 0x40 after power-up
    private static final Expected ID = Expected.of(0x75, 0x68); // register 117
    private static final Duration START_UP = Duration.ofMillis(100); // register 107: the wait of its reset sequence
    private static final Duration GYRO_START_UP = Duration.ofMillis(100); // product specification 6.1: 30 ms, typical
    private static final Duration SAMPLE = Duration.ofMillis(2); // register 25: samples come each millisecond

    private static final List<Integer> ACCELERATIONS = List.of(2, 4, 8, 16); // register 28, AFS_SEL, in g, by code
    private static final List<Integer> ROTATIONS = List.of(250, 500, 1000, 2000); // register 27, FS_SEL, by code
    private static final List<Integer> FILTERS = List.of(5, 10, 21, 44, 94, 184, 260); // register 26, from code 6 to 0

    @Override
    public ChipDescriptor chip() {
        // Product specification 9.2
        return ChipDescriptor.of("mpu6050", "InvenSense MPU-6050", 0x68, 0x69)
                .id(ID)
                .keys("`range-acceleration` **2** 4 8 16 (g); `range-rotation` **250** 500 1000 2000 (°/s); "
                        + "`filter` 5 10 21 **44** 94 184 260 (Hz)");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var acceleration = I2cChip.oneOf(settings, "range-acceleration", 2, ACCELERATIONS);
        var rotation = I2cChip.oneOf(settings, "range-rotation", 250, ROTATIONS);
        var filter = I2cChip.oneOf(settings, "filter", 44, FILTERS);
        var quantities = new ArrayList<>(Axes.ACCELERATION.quantities());
        quantities.addAll(Axes.ROTATION.quantities());
        quantities.add(Quantity.TEMPERATURE);
        return plan(
                settings,
                "MPU6050",
                List.copyOf(quantities),
                chip -> new Opened(chip, acceleration, rotation, 6 - FILTERS.indexOf(filter)).prepared());
    }

    private static final class Opened extends PreparedSensor {
        private final I2cChip chip;
        private final int acceleration;
        private final int rotation;
        private final int filter;

        Opened(I2cChip chip, int acceleration, int rotation, int filter) {
            this.chip = chip;
            this.acceleration = acceleration;
            this.rotation = rotation;
            this.filter = filter;
        }

        @Override
        void prepare() throws SensorException, InterruptedException {
            chip.identify(ID);
            chip.write(POWER, RESET);
            chip.pause(START_UP);
            chip.write(POWER, AWAKE);
            chip.write(SETTINGS, filter, rotationCode(), accelerationCode());
            chip.write(INTERRUPTS, DATA_READY);
            chip.pause(GYRO_START_UP);
        }

        private int rotationCode() {
            return ROTATIONS.indexOf(rotation) << 3;
        }

        private int accelerationCode() {
            return ACCELERATIONS.indexOf(acceleration) << 3;
        }

        @Override
        List<Measurement> sample() throws SensorException, InterruptedException {
            checkSettings();
            chip.readRegister(STATUS, 1); // forgets older samples
            chip.await(SAMPLE, () -> (chip.readRegister(STATUS, 1)[0] & DATA_READY) != 0);
            // register 59: one transfer is one sample
            var data = chip.alive(chip.readRegister(DATA, 14));
            keepPrepared();
            return measurements(data);
        }

        private void checkSettings() throws SensorException {
            chip.same("power management", AWAKE, chip.readRegister(POWER, 1)[0] & 0xff);
            var found = chip.readRegister(SETTINGS, 3);
            chip.same("filter", filter, found[0] & 0xff);
            chip.same("range of rotation", rotationCode(), found[1] & 0xff);
            chip.same("range of acceleration", accelerationCode(), found[2] & 0xff);
        }

        private List<Measurement> measurements(byte[] data) throws SensorException {
            var accelerations = axes(data, 0);
            var rotations = axes(data, 8);
            var measurements = new ArrayList<>(Axes.ACCELERATION.measured(
                    chip, accelerations, 32_767, acceleration * Axes.GRAVITY / 32_768, "range-acceleration"));
            measurements.addAll(Axes.ROTATION.measured(chip, rotations, 32_767, rotation / 32_768.0, "range-rotation"));
            // registers 65 and 66; the range of the product specification, 6.3
            var celsius = (short) I2cChip.unsigned16(data, 6) / 340.0 + 36.53;
            measurements.add(chip.measured(Quantity.TEMPERATURE, celsius, -40, 85));
            return List.copyOf(measurements);
        }

        private static int[] axes(byte[] data, int at) {
            return new int[] {
                (short) I2cChip.unsigned16(data, at),
                (short) I2cChip.unsigned16(data, at + 2),
                (short) I2cChip.unsigned16(data, at + 4)
            };
        }
    }
}
