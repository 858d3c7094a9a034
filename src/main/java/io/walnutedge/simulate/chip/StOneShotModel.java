package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What LPS25H (DocID023722) and HTS221 (DocID026333) have in common: power-down, single conversions, status, a register
 * number that counts up only with its highest bit set. Continuous conversion is not modelled. Any thread.
 */
abstract class StOneShotModel extends AutoIncrementModel {
    private static final int PD = 0x80;
    private static final int CONTINUOUS_LPS = 0x70;
    private boolean several;

    StOneShotModel(LongSupplier nanos, int id, int average, Map<String, Double> world) {
        super(nanos, world);
        registers[0x0f] = id;
        registers[0x10] = average;
    }

    abstract long conversionNanos();

    /** Fills the output registers. */
    abstract void convert();

    /** The output registers whose reading clears a bit of the status: the second, then the one of the temperature. */
    abstract int clears(int register);

    /** Takes its supply away and gives it back. */
    final synchronized void clear(int average) {
        registers[0x10] = average;
        store(0x20, 0, 0, 0, 0);
        registers[0x27] = 0;
        convertFor(0);
    }

    @Override
    final int first(int written) {
        several = (written & 0x80) != 0;
        return written & 0x7f;
    }

    @Override
    final int next(int register) {
        return several ? (register + 1) & 0x7f : register;
    }

    @Override
    final void put(int register, int value) {
        switch (register) {
            case 0x10, 0x22, 0x23 -> registers[register] = value;
            case 0x20 -> {
                registers[0x20] = value;
                if ((value & PD) == 0) {
                    convertFor(0);
                    registers[0x21] &= 0xfe;
                }
            }
            case 0x21 -> control(value);
            default -> {}
        }
    }

    /** ONE_SHOT counts while active with a data rate of single conversions. */
    private void control(int value) {
        registers[0x21] = value;
        var isSingle = (registers[0x20] & (CONTINUOUS_LPS | 0x03)) == 0;
        if ((value & 0x01) != 0 && (registers[0x20] & PD) != 0 && isSingle && !isConverting()) {
            convertFor(conversionNanos());
        }
    }

    @Override
    final void advance() {
        if (hasConverted()) {
            convert();
            registers[0x21] &= 0xfe;
            registers[0x27] |= 0x03;
        }
    }

    @Override
    final int get(int register) {
        var value = registers[register];
        registers[0x27] &= ~clears(register);
        return value;
    }
}
