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
 * ScioSense ENS160: air quality index, TVOC and eCO2 of the standard mode, in one transfer (datasheet ENS160, version 1.2).
 * Stateless; any thread.
 *
 * <p>The chip warms up for 3 minutes after its start, and for an hour after its first; until then there is no value.
 */
@AutoService(SensorDriver.class)
public final class Ens160 implements I2cDriver {
    private static final int PART_ID = 0x00; // Register overview: lower byte first, as all of two bytes
    private static final int ID = 0x0160;
    private static final int OPMODE = 0x10; // OPMODE
    private static final int IDLE = 0x01;
    private static final int STANDARD = 0x02;
    private static final int TEMP_IN = 0x13; // TEMP_IN: 64 for 1 K; RH_IN follows: 512 for 1 %
    private static final double MIN_CELSIUS = -40; // Operating conditions
    private static final double MAX_CELSIUS = 85;
    private static final int DEVICE_STATUS = 0x20; // DEVICE_STATUS; DATA_AQI, DATA_TVOC and DATA_ECO2 follow
    private static final int RUNNING = 0x80; // DEVICE_STATUS, STATAS
    private static final int ERROR = 0x40; // DEVICE_STATUS, STATER
    private static final int NEW_DATA = 0x02; // DEVICE_STATUS, NEWDAT
    private static final List<String> VALIDITY = // DEVICE_STATUS, validity flag
            List.of(
                    "",
                    "warms up; 3 minutes after its start",
                    "starts for the first time; 1 hour",
                    "has no valid value");
    private static final int INVALID = 3;
    private static final Duration BETWEEN_MODES = Duration.ofMillis(10); // also Linux's driver: booting time
    private static final Duration PERIOD = Duration.ofSeconds(1); // Standard mode

    @Override
    public ChipDescriptor chip() {
        // I2C: ADDR high, low; PART_ID, lower byte first
        return ChipDescriptor.of("ens160", "ScioSense ENS160", 0x53, 0x52)
                .id(0x00, 2, 0xffff, 0x6001)
                .keys("`temperature` **25** and `humidity` **50** of the place, or `compensate` by those of another"
                        + " sensor");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var percent = settings.number("humidity", 50, 0, 100);
        var fixed = new Air(settings.number("temperature", 25, MIN_CELSIUS, MAX_CELSIUS), percent);
        var compensation = Compensation.read(settings, Quantity.TEMPERATURE, Quantity.HUMIDITY);
        var quantities = List.of(Quantity.AIR_QUALITY, Quantity.TVOC, Quantity.ECO2);
        return plan(
                        settings,
                        "ENS160",
                        quantities,
                        compensation.needs(),
                        chip -> new Opened(chip, fixed, compensation).prepared())
                .noSooner(PERIOD);
    }

    private static final class Opened extends PreparedSensor {
        private final I2cChip chip;
        private final Air fixed;
        private final Compensation compensation;
        private final NewValues news;
        private Optional<Air> written = Optional.empty();

        Opened(I2cChip chip, Air fixed, Compensation compensation) {
            this.chip = chip;
            this.fixed = fixed;
            this.compensation = compensation;
            this.news = new NewValues(chip, PERIOD);
        }

        /** A chip that runs is not stopped: it would warm up again. */
        @Override
        void prepare() throws SensorException, InterruptedException {
            var id = I2cChip.littleEndian16(chip.readRegister(PART_ID, 2), 0);
            if (id != ID) {
                throw chip.fault(
                        "the chip is another one: its PART_ID is " + I2cChip.hex(id, 4) + " instead of 0x0160");
            }
            if (chip.readRegister(OPMODE, 1)[0] != STANDARD) {
                chip.write(OPMODE, IDLE);
                chip.pause(BETWEEN_MODES);
                chip.write(OPMODE, STANDARD);
                chip.pause(BETWEEN_MODES);
            }
            written = Optional.empty();
            compensate();
            news.restart();
        }

        private void compensate() throws SensorException {
            var air = compensation.air(chip, fixed, MIN_CELSIUS, MAX_CELSIUS);
            if (!written.equals(Optional.of(air))) {
                var kelvin = (int) Math.round((air.celsius() + 273.15) * 64);
                var percent = (int) Math.round(air.percent() * 512);
                chip.write(TEMP_IN, kelvin & 0xff, kelvin >> 8, percent & 0xff, percent >> 8);
                written = Optional.of(air);
            }
        }

        @Override
        List<Measurement> sample() throws SensorException, InterruptedException {
            chip.same("OPMODE", STANDARD, chip.readRegister(OPMODE, 1)[0] & 0xff);
            compensate();
            keepPrepared();
            if (!news.has(hasNewData())) {
                return List.of();
            }
            var data = chip.readRegister(DEVICE_STATUS, 6);
            var validity = (data[0] >> 2) & 0x03;
            if ((data[0] & RUNNING) == 0 || (data[0] & ERROR) != 0) {
                throw chip.fault("does not run: its status is " + I2cChip.hex(data[0] & 0xff, 2));
            }
            if (validity != 0) {
                throw validity == INVALID ? chip.fault(VALIDITY.get(validity)) : chip.none(VALIDITY.get(validity));
            }
            // ranges: Air quality signals
            return List.of(
                    chip.measuredOnceBegun(Quantity.AIR_QUALITY, data[1] & 0x07, 1, 5),
                    chip.measured(Quantity.TVOC, I2cChip.littleEndian16(data, 2), 0, 65_000),
                    chip.measuredOnceBegun(Quantity.ECO2, I2cChip.littleEndian16(data, 4), 400, 65_000));
        }

        private boolean hasNewData() throws SensorException {
            return (chip.readRegister(DEVICE_STATUS, 1)[0] & NEW_DATA) != 0;
        }
    }
}
