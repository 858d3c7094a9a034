package io.walnutedge.simulate.chip;

import java.util.Arrays;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A VL53L0X (DocID029104): single rangings, the two calibrations, the second page of registers. Beyond two metres it sees no
 * target. Any thread.
 */
public final class Vl53l0xModel extends AutoIncrementModel {
    private static final long RANGING = 33_000_000; // as the maker's API sets it
    private static final long CALIBRATION = 5_000_000;
    private static final int COMPLETE = 11 << 3;
    private static final int NO_TARGET = 4 << 3;

    private final int[] second = new int[256];
    private int page;

    /** @param nanos a monotonic clock */
    public Vl53l0xModel(LongSupplier nanos) {
        super(nanos, Map.of("distance", 0.85));
        powerUp();
    }

    /** As after a power cut. */
    public synchronized void powerUp() {
        Arrays.fill(registers, 0);
        registers[0xc0] = 0xee;
        registers[0xc1] = 0xaa;
        registers[0xc2] = 0x10;
        registers[0x01] = 0xff;
        second[0x91] = 0x3c;
        second[0xc0] = 0x05; // not the id
        page = 0;
        convertFor(0);
    }

    @Override
    void advance() {
        if (hasConverted()) {
            registers[0x13] = registers[0x0a] & 0x07;
            if ((registers[0x01] & 0x80) != 0) {
                range();
            }
        }
    }

    private void range() {
        var isSeen = world.get("distance") <= 2;
        registers[0x14] = (isSeen ? COMPLETE : NO_TARGET) | 1;
        putWord(0x1e, isSeen ? (int) Math.max(0, Math.round(world.get("distance") * 1000)) : 8190);
    }

    @Override
    int get(int register) {
        return page == 0 ? registers[register] : second[register];
    }

    @Override
    void put(int register, int value) {
        if (register == 0xff) {
            page = value;
        } else if (page != 0) {
            second[register] = value;
        } else if (register == 0x00) {
            start(value);
        } else if (register == 0x0b) {
            registers[0x13] = 0;
        } else if (register < 0xc0) {
            registers[register] = value;
        }
    }

    /** The bit that starts falls back by itself. */
    private void start(int value) {
        if ((value & 1) != 0 && !isConverting()) {
            convertFor((registers[0x01] & 0x80) == 0 ? CALIBRATION : RANGING);
        }
    }
}
