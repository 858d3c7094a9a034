package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.chip.Compensation.Air;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.I2cDriver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * ams CCS811: eCO2 and TVOC of one measurement, in one transfer (datasheet DS000459). It stretches the clock. Stateless; any
 * thread.
 */
@AutoService(SensorDriver.class)
public final class Ccs811 implements I2cDriver {
    private static final int STATUS = 0x00; // STATUS register
    private static final int APPLICATION = 0x80; // STATUS, FW_MODE
    private static final int APP_VALID = 0x10; // STATUS
    private static final int DATA_READY = 0x08; // STATUS
    private static final int ERROR = 0x01; // STATUS
    private static final int MEAS_MODE = 0x01; // MEAS_MODE register, DRIVE_MODE in the bits 4 to 6
    private static final int ALG_RESULT_DATA = 0x02; // eCO2, TVOC, STATUS, ERROR_ID
    private static final int ENV_DATA = 0x05; // humidity: 512 for 1 %; temperature + 25: 512 for 1 °C
    private static final double MIN_CELSIUS = -25; // ENV_DATA, as 0
    private static final double MAX_CELSIUS = 50; // Recommended operating conditions
    private static final int HW_ID = 0x20;
    private static final int ID = 0x81; // HW_ID register
    private static final int ERROR_ID = 0xe0;
    private static final int APP_START = 0xf4;
    private static final int[] SW_RESET = {0xff, 0x11, 0xe5, 0x72, 0x8a}; // SW_RESET register
    private static final Duration RESET_TIME = Duration.ofMillis(2); // Timing, t_START after a reset
    private static final Duration APP_START_TIME = Duration.ofMillis(1); // Timing, t_APP_START

    /** Seconds of the drive modes 1 to 3. */
    private static final List<Integer> INTERVALS = List.of(1, 10, 60);

    /** ERROR_ID register, bits 0 to 5. */
    private static final List<String> ERRORS = List.of(
            "it was written a register that it does not have",
            "it was asked for a register that it does not have",
            "it was set a mode that it does not have",
            "its sensor's resistance is at or beyond the end",
            "its heater's current is out of range",
            "its heater's voltage is wrong");

    @Override
    public ChipDescriptor chip() {
        // I2C: ADDR low, high; HW_ID
        return ChipDescriptor.of("ccs811", "ams CCS811", 0x5a, 0x5b)
                .id(0x20, 0x81)
                .keys("`seconds` **1** 10 60 between its measurements; `temperature` **25** and `humidity` **50** of"
                        + " the place, or `compensate` by those of another sensor");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var seconds = I2cChip.oneOf(settings, "seconds", 1, INTERVALS);
        var percent = settings.number("humidity", 50, 0, 100);
        var fixed = new Air(settings.number("temperature", 25, MIN_CELSIUS, MAX_CELSIUS), percent);
        var compensation = Compensation.read(settings, Quantity.TEMPERATURE, Quantity.HUMIDITY);
        return plan(
                        settings,
                        "CCS811",
                        List.of(Quantity.ECO2, Quantity.TVOC),
                        compensation.needs(),
                        chip -> new Opened(chip, seconds, fixed, compensation).prepared())
                .noSooner(Duration.ofSeconds(seconds));
    }

    private static final class Opened extends PreparedSensor {
        private final I2cChip chip;
        private final int seconds;
        private final Air fixed;
        private final Compensation compensation;
        private final NewValues news;
        private Optional<Air> written = Optional.empty();

        Opened(I2cChip chip, int seconds, Air fixed, Compensation compensation) {
            this.chip = chip;
            this.seconds = seconds;
            this.fixed = fixed;
            this.compensation = compensation;
            this.news = new NewValues(chip, Duration.ofSeconds(seconds));
        }

        /** A chip that runs in this mode is not reset: it would lose what it learnt of the air. */
        @Override
        void prepare() throws SensorException, InterruptedException {
            var id = chip.readRegister(HW_ID, 1)[0] & 0xff;
            if (id != ID) {
                throw chip.fault("the chip is another one: its HW_ID is " + I2cChip.hex(id, 2) + " instead of 0x81");
            }
            var isRunning = (chip.readRegister(STATUS, 1)[0] & APPLICATION) != 0;
            if (!isRunning || (chip.readRegister(MEAS_MODE, 1)[0] & 0x70) != mode()) {
                start();
            }
            written = Optional.empty();
            compensate();
            news.restart();
        }

        /** ENV_DATA register: 512 for 1 %, 512 for 1 °C above -25 °C. */
        private void compensate() throws SensorException {
            var air = compensation.air(chip, fixed, MIN_CELSIUS, MAX_CELSIUS);
            if (!written.equals(Optional.of(air))) {
                var percent = (int) Math.round(air.percent() * 512);
                var celsius = (int) Math.round((air.celsius() - MIN_CELSIUS) * 512);
                chip.write(ENV_DATA, percent >> 8, percent & 0xff, celsius >> 8, celsius & 0xff);
                written = Optional.of(air);
            }
        }

        private void start() throws SensorException, InterruptedException {
            chip.write(SW_RESET);
            chip.pause(RESET_TIME);
            if ((chip.readRegister(STATUS, 1)[0] & APP_VALID) == 0) {
                throw chip.fault("has no valid firmware");
            }
            chip.write(APP_START);
            chip.pause(APP_START_TIME);
            if ((chip.readRegister(STATUS, 1)[0] & APPLICATION) == 0) {
                throw chip.fault("does not start its firmware");
            }
            chip.write(MEAS_MODE, mode());
        }

        private int mode() {
            return (INTERVALS.indexOf(seconds) + 1) << 4;
        }

        @Override
        List<Measurement> sample() throws SensorException, InterruptedException {
            compensate();
            if (!news.has(hasData())) {
                return List.of();
            }
            chip.same("MEAS_MODE", mode(), chip.readRegister(MEAS_MODE, 1)[0] & 0x70);
            var data = chip.readRegister(ALG_RESULT_DATA, 6);
            refuseErrors(data[4], data[5]);
            keepPrepared();
            // ranges: General description, outputs of firmware 2; below 400 before the first value
            return List.of(
                    chip.measuredOnceBegun(Quantity.ECO2, I2cChip.unsigned16(data, 0), 400, 29_206),
                    chip.measured(Quantity.TVOC, I2cChip.unsigned16(data, 2), 0, 32_768));
        }

        private boolean hasData() throws SensorException {
            var status = chip.readRegister(STATUS, 1)[0];
            if ((status & ERROR) != 0) {
                refuseErrors(status, chip.readRegister(ERROR_ID, 1)[0]);
            }
            refuseErrors(status, 0);
            return (status & DATA_READY) != 0;
        }

        private void refuseErrors(int status, int errors) throws SensorException {
            if ((status & APPLICATION) == 0) {
                throw chip.fault("is in boot mode; was its power interrupted?");
            }
            for (var bit = 0; bit < ERRORS.size(); bit++) {
                if ((errors >> bit & 1) != 0) {
                    throw chip.fault("reports that " + ERRORS.get(bit));
                }
            }
            if ((status & ERROR) != 0) {
                throw chip.fault("reports an error without a cause");
            }
        }
    }
}
