package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What TSL2561 (TAOS059N) and TSL2591 have in common: a command byte, registers of 8 bits, two channels of 16 bits, the
 * lower byte first. Of the light that is set, a fixed share is infrared. Any thread.
 */
abstract class TslModel implements ChipModel {
    final World world = new World(Map.of("illuminance", 320.0));
    final double ratio;
    final int[] registers = new int[32];
    private final LongSupplier clock;
    private int pointer;
    private boolean running;
    private long endsAt;

    /** @param ratio of the infrared channel to the one of both */
    TslModel(LongSupplier clock, double ratio) {
        this.clock = clock;
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
        if (on && !running) {
            endsAt = clock.getAsLong() + conversion();
        }
        running = on;
    }

    private void advance() {
        if (running && clock.getAsLong() - endsAt >= 0) {
            var both = counts(world.get("illuminance"));
            store(data(), both);
            store(data() + 2, both * ratio);
            ended();
            endsAt = clock.getAsLong() + conversion();
        }
    }

    private void store(int register, double count) {
        var code = WordModel.code(count, 1, 0, fullScale());
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
        var answer = new byte[count];
        for (var i = 0; i < count; i++) {
            answer[i] = (byte) (pointer < 0 ? 0xff : registers[(pointer + i) & 31]);
        }
        return answer;
    }

    @Override
    public final Set<String> quantities() {
        return world.names();
    }

    @Override
    public final synchronized void set(String quantity, double value) {
        world.set(quantity, value);
    }
}
