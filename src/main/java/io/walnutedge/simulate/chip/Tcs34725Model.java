package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A TCS34725 (datasheet TCS3472): sleep, idle, integration, gain and time. Its light is neutral, with infrared light as a
 * share of it; the counts follow from ams DN40. Any thread.
 */
public final class Tcs34725Model extends AutoIncrementModel {
    private static final int[] GAINS = {1, 4, 16, 60};
    private static final long CYCLE = 2_400_000;

    /** @param nanos a monotonic clock */
    public Tcs34725Model(LongSupplier nanos) {
        super(nanos, Map.of("illuminance", 320.0, "infrared", 0.1));
        registers[0x01] = 0xff;
        registers[0x03] = 0xff;
        registers[0x12] = 0x44;
    }

    private int cycles() {
        return 256 - registers[0x01];
    }

    @Override
    void advance() {
        if (hasConverted()) {
            convertFor(cycles() * CYCLE);
            integrate();
        }
    }

    /** Without infrared all colours are the same, 0.692 of them is the illuminance, and the clear channel is their sum. */
    private void integrate() {
        var countsPerLux = cycles() * 2.4 * GAINS[registers[0x0f] & 3] / 310;
        var colour = world.get("illuminance") * countsPerLux / (0.136 + 1 - 0.444);
        var infrared = colour * world.get("infrared");
        store(0x14, 3 * colour + infrared);
        for (var channel = 0x16; channel <= 0x1a; channel += 2) {
            store(channel, colour + infrared);
        }
        registers[0x13] |= 0x01;
    }

    private void store(int register, double counts) {
        var held = held(counts, 0, Math.min(65_535, cycles() * 1024));
        store(register, held, held >> 8);
    }

    @Override
    int get(int register) {
        return registers[register & 0x1f];
    }

    @Override
    int next(int register) {
        return (register & 0x20) == 0 ? register : (register & 0xe0) | ((register + 1) & 0x1f);
    }

    /** Only with the command's bit; ID, status and data are for reading only. */
    @Override
    void put(int register, int value) {
        var number = register & 0x1f;
        if ((register & 0x80) != 0 && number < 0x12) {
            registers[number] = value;
            if (number == 0x00) {
                enable(value);
            }
        }
    }

    private void enable(int value) {
        var isOn = (value & 0x03) == 0x03;
        if (!isOn) {
            registers[0x13] &= ~0x01;
            convertFor(0);
        } else if (!isConverting()) {
            convertFor((cycles() + 1) * CYCLE);
        }
    }
}
