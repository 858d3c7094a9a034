package io.walnutedge.simulate.chip;

import java.util.Arrays;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A MAX17043 (19-4811): voltage and charge, new twice a second, the first 250 ms after power-up. The charge is set, not
 * estimated. Any thread.
 */
public final class Max17043Model extends ChipModel {
    private static final long FIRST = 250_000_000;
    private static final long PERIOD = 500_000_000;

    private final int[] registers = new int[256];
    private int pointer;

    /** @param nanos a monotonic clock */
    public Max17043Model(LongSupplier nanos) {
        super(nanos, Map.of("charge", 78.0, "voltage", 3.95));
        powerUp();
    }

    private void powerUp() {
        Arrays.fill(registers, 0);
        store(0x08, 0x0003);
        store(0x0c, 0x971c);
        convertFor(FIRST);
    }

    private void store(int register, int word) {
        registers[register] = word >> 8;
        registers[register + 1] = word & 0xff;
    }

    private void advance() {
        if (hasConverted()) {
            store(0x02, WordModel.code(world.get("voltage"), 0.001_25, 0, 0xfff) << 4);
            store(0x04, WordModel.code(world.get("charge"), 1 / 256.0, 0, 0xffff));
            convertFor(PERIOD);
        }
    }

    @Override
    public synchronized void write(byte[] bytes) {
        advance();
        if (bytes.length > 0) {
            pointer = bytes[0] & 0xff;
        }
        if (bytes.length == 3) {
            command(word(bytes, 1));
        }
    }

    private void command(int word) {
        if (pointer == 0xfe && word == 0x5400) {
            powerUp();
        } else if (pointer == 0x0c) {
            store(pointer, word);
        }
    }

    @Override
    public synchronized byte[] read(int count) {
        advance();
        return bytes(count, i -> registers[(pointer + i) & 0xff]);
    }
}
