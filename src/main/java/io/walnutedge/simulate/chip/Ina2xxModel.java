package io.walnutedge.simulate.chip;

import com.google.auto.service.AutoService;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An INA219 (SBOS448G) or INA226 (SBOS547A) at a shunt of 0.1 ohm or another: triggered and continuous conversions, the
 * calculation of current and power, overflow, reset. Any thread.
 */
public final class Ina2xxModel extends WordModel {
    private final boolean is226;
    private final double shunt;
    private int configuration;
    private int calibration;
    private int shuntCode;
    private int busCode;
    private boolean isReady;
    private boolean overflows;
    private boolean converting;
    private long endsAt;

    /**
     * @param nanos a monotonic clock
     * @param is226 an INA226, otherwise an INA219
     * @param shunt in ohm
     */
    public Ina2xxModel(LongSupplier nanos, boolean is226, double shunt) {
        super(nanos, Map.of("voltage", 5.1, "current", 0.42));
        this.is226 = is226;
        this.shunt = shunt;
        reset();
    }

    private void reset() {
        configuration = is226 ? 0x4127 : 0x399f; // 7.6.1; 8.6.2.1
        calibration = 0;
        start();
    }

    private void start() {
        isReady = false;
        converting = true;
        endsAt = now() + conversionNanos();
    }

    /** The longest times: SBOS547A, 6.5; SBOS448G, 6.5 and table 5. */
    private long conversionNanos() {
        if (is226) {
            int[] averages = {1, 4, 16, 64, 128, 256, 512, 1024};
            return 2_420_000L * averages[configuration >> 9 & 7];
        }
        var adc = configuration >> 3 & 0xf;
        return 1_172_000L << (adc >= 8 ? adc - 8 : 0);
    }

    @Override
    void advance() {
        if (!converting || now() - endsAt < 0) {
            return;
        }
        converting = (configuration & 4) != 0; // MODE: continuous
        endsAt = now() + conversionNanos();
        isReady = true;
        var volts = world.get("current") * shunt;
        if (is226) {
            shuntCode = code(volts, 2.5e-6, -0x8000, 0x7fff);
            busCode = code(world.get("voltage"), 0.00125, 0, 0x7fff);
        } else {
            var full = 4000 << (configuration >> 11 & 3);
            shuntCode = code(volts, 10e-6, -full, full);
            busCode = code(world.get("voltage"), 0.004, 0, (configuration & 0x2000) == 0 ? 4000 : 8000);
        }
        overflows = Math.abs(exactCurrent()) > 0x7fff || power() > 0xffff;
    }

    /** SBOS448G, equation 4; SBOS547A, equation 3. */
    private long exactCurrent() {
        return (long) shuntCode * calibration / (is226 ? 2048 : 4096);
    }

    /** SBOS448G, equation 5; SBOS547A, equation 4. */
    private long power() {
        return Math.abs(exactCurrent()) * busCode / (is226 ? 20_000 : 5000);
    }

    @Override
    int get(int register) {
        return switch (register) {
            case 0x00 -> configuration;
            case 0x01 -> shuntCode & 0xffff;
            case 0x02 -> is226 ? busCode : busCode << 3 | (isReady ? 2 : 0) | (overflows ? 1 : 0);
            case 0x03 -> readPower();
            case 0x04 -> (int) exactCurrent() & 0xffff;
            case 0x05 -> calibration;
            case 0x06 -> is226 ? flags() : 0;
            case 0xfe -> is226 ? 0x5449 : 0;
            case 0xff -> is226 ? 0x2260 : 0;
            default -> 0;
        };
    }

    private int readPower() {
        isReady = is226 && isReady;
        return (int) power() & 0xffff;
    }

    private int flags() {
        var flags = (isReady ? 8 : 0) | (overflows ? 4 : 0);
        isReady = false;
        return flags;
    }

    @Override
    void put(int register, int word) {
        if (register == 0x00 && (word & 0x8000) != 0) {
            reset();
        } else if (register == 0x00) {
            configuration = is226 ? (word & 0x0fff) | 0x4000 : word & 0x3fff;
            start();
        } else if (register == 0x05) {
            calibration = is226 ? word & 0x7fff : word & 0xfffe;
        }
    }

    /** For the driver {@code ina219}. */
    @AutoService(ModelMaker.class)
    public static final class Maker219 implements ModelMaker {
        @Override
        public String driver() {
            return "ina219";
        }

        @Override
        public ChipModel make(LongSupplier nanos) {
            return new Ina2xxModel(nanos, false, 0.1);
        }
    }

    /** For the driver {@code ina226}. */
    @AutoService(ModelMaker.class)
    public static final class Maker226 implements ModelMaker {
        @Override
        public String driver() {
            return "ina226";
        }

        @Override
        public ChipModel make(LongSupplier nanos) {
            return new Ina2xxModel(nanos, true, 0.1);
        }
    }
}
