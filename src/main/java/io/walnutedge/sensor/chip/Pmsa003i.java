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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Plantower PMSA003I: mass of particles in the air (data manual PMSA003I, version 2.6). Stateless; any thread. */
@AutoService(SensorDriver.class)
public final class Pmsa003i implements I2cDriver {
    private static final int FRAME = 32; // I2C protocol: registers 0x00 to 0x1f
    private static final int START = 0x424d; // registers 0x00 and 0x01
    private static final int LENGTH = 28; // registers 0x02 and 0x03: 13 words of data and the check code
    private static final int ERROR = 0x1d;
    private static final int CHECK = 0x1e; // the sum of all before it
    private static final Duration PERIOD = Duration.ofSeconds(1); // the maker: 200 to 800 ms, or 2.3 s in still air
    private static final int MAX = 1000; // technical index: maximum range

    private static final List<Quantity> QUANTITIES = List.of(
            Quantity.PARTICLES.named("pm1"), Quantity.PARTICLES.named("pm2-5"), Quantity.PARTICLES.named("pm10"));

    /** Which three of the six masses, by their first register. */
    enum Calibration {
        FACTORY(0x04), // data 1 to 3: standard particle, CF=1
        ATMOSPHERE(0x0a); // data 4 to 6

        private final int register;

        Calibration(int register) {
            this.register = register;
        }
    }

    @Override
    public ChipDescriptor chip() {
        // I2C protocol
        return ChipDescriptor.of("pmsa003i", "Plantower PMSA003I", 0x12)
                .takesCommands()
                .keys("`calibration` factory **atmosphere**; `warm-up` (of the fan, without values) 0s to 10m,"
                        + " **30s**");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var calibration = settings.choice("calibration", Calibration.ATMOSPHERE);
        // circuit attentions: stable data 30 seconds after the start of the fan
        var warmUp = settings.duration("warm-up", Duration.ofSeconds(30), Duration.ZERO, Duration.ofMinutes(10));
        return plan(settings, "PMSA003I", QUANTITIES, chip -> {
                    var sensor = new Opened(chip, calibration, chip.nanoTime() + warmUp.toNanos());
                    sensor.frame();
                    return sensor;
                })
                .noSooner(PERIOD);
    }

    private record Opened(I2cChip chip, Calibration calibration, long warmAt) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException {
            var frame = frame();
            if (frame[ERROR] != 0) {
                throw chip.fault("says that it is out of order, with code " + I2cChip.hex(frame[ERROR] & 0xff, 2));
            }
            if (chip.nanoTime() - warmAt < 0) {
                return List.of();
            }
            var measurements = new ArrayList<Measurement>();
            for (var i = 0; i < QUANTITIES.size(); i++) {
                var quantity = QUANTITIES.get(i);
                var mass = I2cChip.unsigned16(frame, calibration.register + 2 * i);
                measurements.add(chip.measured(quantity, mass, 0, MAX));
            }
            return List.copyOf(measurements);
        }

        private byte[] frame() throws SensorException {
            var frame = chip.alive(chip.read(FRAME));
            if (I2cChip.unsigned16(frame, 0) != START || I2cChip.unsigned16(frame, 2) != LENGTH) {
                throw chip.fault(String.format(
                        Locale.ROOT,
                        "its frame begins with 0x%04x%04x, not 0x%04x%04x",
                        I2cChip.unsigned16(frame, 0),
                        I2cChip.unsigned16(frame, 2),
                        START,
                        LENGTH));
            }
            var sum = 0;
            for (var i = 0; i < CHECK; i++) {
                sum += frame[i] & 0xff;
            }
            chip.check(sum, I2cChip.unsigned16(frame, CHECK));
            return frame;
        }
    }
}
