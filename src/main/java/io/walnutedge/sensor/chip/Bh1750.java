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
import io.walnutedge.sensor.i2c.KernelChip;
import io.walnutedge.sensor.i2c.KernelNode;
import java.time.Duration;
import java.util.List;

/**
 * ROHM BH1750FVI: illuminance, one measurement for each reading (Technical Note 11046EDT01 and 2009.04 Rev.B). Stateless;
 * any thread.
 *
 * <p>An answer of 0x0000 is 0 lx: the chip counts "0 to 3" in the dark (Electrical Characteristics, S0) and has no
 * identity, checksum or status that would tell a dark night from a data line at low level.
 */
@AutoService(SensorDriver.class)
public final class Bh1750 implements I2cDriver {
    private static final int POWER_ON = 0x01; // Instruction Set Architecture
    private static final int TIME_HIGH = 0x40; // Instruction Set Architecture: bits 7 to 5 of MTreg
    private static final int TIME_LOW = 0x60; // Instruction Set Architecture: bits 4 to 0 of MTreg
    private static final int DEFAULT_TIME = 69; // Measurement Time Register: 31 to 254
    private static final double COUNTS_PER_LUX = 1.2; // Electrical Characteristics, S/A typical, at the default time
    private static final int SATURATED = 0xffff;

    /** What the user may write; resolutions and longest times of the Electrical Characteristics. */
    enum Resolution {
        /** 4 lx, one-time L-resolution mode. */
        LOW(0x23, 24, 1),
        /** 1 lx, one-time H-resolution mode. */
        HIGH(0x20, 180, 1),
        /** 0.5 lx, one-time H-resolution mode 2: up to 27,306 lx. */
        HIGHEST(0x21, 180, 2);

        private final int command;
        private final int longestMillis;
        private final int countsFactor;

        Resolution(int command, int longestMillis, int countsFactor) {
            this.command = command;
            this.longestMillis = longestMillis;
            this.countsFactor = countsFactor;
        }
    }

    @Override
    public ChipDescriptor chip() {
        // Slave Address
        return ChipDescriptor.of("bh1750", "ROHM BH1750FVI", 0x23, 0x5c)
                .takesCommands()
                .rank(ChipDescriptor.FIRST)
                .keys("`resolution` low **high** highest; `measurement-time` 31 to 254, **69**")
                .kernel(KernelChip.of(
                        "bh1750",
                        quantities -> List.of(KernelNode.iio(Quantity.ILLUMINANCE, "illuminance", 1, SATURATED))));
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var resolution = settings.choice("resolution", Resolution.HIGH);
        var time = settings.integer("measurement-time", DEFAULT_TIME, 31, 254);
        return plan(settings, "BH1750", List.of(Quantity.ILLUMINANCE), chip -> {
                    chip.write(POWER_ON);
                    return new Opened(chip, resolution, time);
                })
                .noSooner(Duration.ofMillis((long) resolution.longestMillis * time / DEFAULT_TIME));
    }

    private record Opened(I2cChip chip, Resolution resolution, int time) implements Sensor {
        /** One instruction for each transfer (Write Format); the time each time, because a reset chip has the default. */
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            chip.write(POWER_ON);
            chip.write(TIME_HIGH | (time >> 5));
            chip.write(TIME_LOW | (time & 0x1f));
            chip.write(resolution.command);
            // measurement time is in proportion to MTreg (Measurement Time Register)
            chip.pause(Duration.ofNanos(resolution.longestMillis * 1_000_000L * time / DEFAULT_TIME));
            var counts = I2cChip.unsigned16(chip.read(2), 0);
            if (counts == SATURATED) {
                throw chip.fault("saturated, or not answering (0xffff); more light needs a lower measurement-time");
            }
            var lux = counts / COUNTS_PER_LUX / resolution.countsFactor * DEFAULT_TIME / time;
            return List.of(Measurement.of(Quantity.ILLUMINANCE, lux));
        }
    }
}
