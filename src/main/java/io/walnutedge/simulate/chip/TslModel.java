package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What TSL2561 (TAOS059N) and TSL2591 have in common: a command byte, registers of 8 bits, two channels of 16 bits, the
 * lower byte first. Of the light that is set, a fixed share is infrared. Any thread.
 */
abstract class TslModel extends ChipModel {
    final double ratio;
    final int[] registers = new int[32];
    private int pointer;

    /** @param ratio of the infrared channel to the one of both */
    TslModel(LongSupplier clock, double ratio) {
        super(clock, Map.of("illuminance", 320.0));
        this.ratio = ratio;
    }

    /** The register that a command byte selects; negative for none. */
    abstract int register(int command);

    abstract long conversion();

    abstract int fullScale();

    /** Counts of both kinds of light. */
    abstract double counts(double lux);

    abstract void put(int register, int value);

    /** Where the channels are. */
    abstract int data();

    void ended() {}

    final void run(boolean on) {
        if (!on) {
            convertFor(0);
        } else if (!isConverting()) {
            convertFor(conversion());
        }
    }

    private void advance() {
        if (hasConverted()) {
            var both = counts(world.get("illuminance"));
            store(data(), both);
            store(data() + 2, both * ratio);
            ended();
            convertFor(conversion());
        }
    }

    private void store(int register, double count) {
        var code = held(count, 0, fullScale());
        registers[register] = code & 0xff;
        registers[register + 1] = code >> 8;
    }

    @Override
    public final synchronized void write(byte[] bytes) {
        advance();
        if (bytes.length > 0) {
            pointer = register(bytes[0] & 0xff);
        }
        for (var i = 1; i < bytes.length && pointer >= 0; i++) {
            put(pointer, bytes[i] & 0xff);
            pointer++;
        }
    }

    @Override
    public final synchronized byte[] read(int count) {
        advance();
        return bytes(count, i -> pointer < 0 ? 0xff : registers[(pointer + i) & 31]);
    }
}
