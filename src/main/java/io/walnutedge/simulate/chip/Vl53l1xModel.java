package io.walnutedge.simulate.chip;

import java.util.Arrays;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A VL53L1X (DocID031281, STSW-IMG009): numbers of registers with 16 bits, one ranging after the other in its budget, the
 * interrupt as new sample. Beyond four metres it sees no target. Any thread.
 */
public final class Vl53l1xModel extends AutoIncrementModel {
    /** The budget in milliseconds by timeout A, of both modes. */
    private static final Map<Integer, Integer> BUDGETS = Map.ofEntries(
            Map.entry(0x0051, 20),
            Map.entry(0x001e, 20),
            Map.entry(0x00d6, 33),
            Map.entry(0x0060, 33),
            Map.entry(0x01ae, 50),
            Map.entry(0x00ad, 50),
            Map.entry(0x02e1, 100),
            Map.entry(0x01cc, 100),
            Map.entry(0x03e1, 200),
            Map.entry(0x02d9, 200),
            Map.entry(0x0591, 500),
            Map.entry(0x048f, 500));

    private static final int VALID = 9;
    private static final int NO_TARGET = 4;

    private int stream;

    /** @param nanos a monotonic clock */
    public Vl53l1xModel(LongSupplier nanos) {
        super(nanos, 0x200, Map.of("distance", 0.85));
        powerUp();
    }

    /** As after a power cut, and the time to boot. */
    public synchronized void powerUp() {
        Arrays.fill(registers, 0);
        registers[0xe5] = 0x03;
        registers[0x10f] = 0xea;
        registers[0x110] = 0xcc;
        registers[0x111] = 0x10;
        convertFor(0);
    }

    @Override
    void advance() {
        if (hasConverted()) {
            var isSeen = world.get("distance") <= 4;
            var millimetres = isSeen ? (int) Math.max(0, Math.round(world.get("distance") * 1000)) : 0;
            registers[0x89] = isSeen ? VALID : NO_TARGET;
            registers[0x8b] = stream++ & 0xff;
            store(0x96, millimetres >> 8, millimetres);
            registers[0x31] |= registers[0x46] == 0x20 ? 1 : 0;
            convertFor(budget());
        }
    }

    private long budget() {
        return BUDGETS.getOrDefault(registers[0x5e] << 8 | registers[0x5f], 100) * 1_000_000L;
    }

    @Override
    void put(int register, int value) {
        switch (register) {
            case 0x86 -> registers[0x31] &= (value & 1) == 0 ? 0xff : 0xfe;
            case 0x87 -> {
                stream = 0;
                convertFor(value == 0x40 ? budget() : 0);
            }
            case 0xe5, 0x10f, 0x110, 0x111 -> {}
            default -> registers[register] = value;
        }
    }
}
