package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What INA219 (SBOS448G) and INA226 (SBOS547A) have in common: six registers, triggered and continuous conversions, current
 * and power by the calibration register. Any thread.
 */
abstract class InaModel extends WordModel {
    private static final int RESET = 0x8000;

    private final int afterReset;
    int configuration;
    int calibration;
    int shunt;
    int bus;
    int power;
    int current;
    boolean ready;
    boolean overflow;

    InaModel(LongSupplier nanos, int afterReset) {
        super(nanos, Map.of("voltage", 12.0, "shunt-voltage", 0.05));
        this.afterReset = afterReset;
        this.configuration = afterReset;
    }

    /** How long it takes; nothing where nothing is converted. */
    abstract long conversion();

    /** Sets the codes from the world. */
    abstract void convert();

    /** Bits of the configuration that can be written. */
    abstract int writable();

    final void calculate(int currentDivisor, int powerDivisor) {
        current = (int) ((long) shunt * calibration / currentDivisor);
        power = (int) (Math.abs((long) current) * bus / powerDivisor);
        overflow = Math.abs(current) > Short.MAX_VALUE || power > 0xffff;
    }

    /** MODE: bit 2 is continuous; without the other two nothing is converted. */
    final void start() {
        convertFor(conversion());
        ready &= !isConverting();
    }

    @Override
    final void advance() {
        if (hasConverted()) {
            convert();
            ready = true;
            convertFor((configuration & 4) != 0 ? conversion() : 0);
        }
    }

    @Override
    int get(int register) throws NotAcknowledged {
        return switch (register) {
            case 0 -> configuration;
            case 1 -> shunt;
            case 2 -> bus;
            case 3 -> power;
            case 4 -> current;
            case 5 -> calibration;
            default -> 0;
        };
    }

    final void configure(int word) {
        if ((word & RESET) != 0) {
            configuration = afterReset;
            calibration = 0;
            shunt = 0;
            bus = 0;
            power = 0;
            current = 0;
            overflow = false;
        } else {
            configuration = (word & writable()) | (afterReset & ~writable());
        }
        start();
    }
}
