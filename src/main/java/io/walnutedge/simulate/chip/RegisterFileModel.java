package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** A chip with a pointer to registers of 8 bits, which moves on with each byte. Any thread. */
abstract class RegisterFileModel implements ChipModel {
    final int[] registers = new int[256];
    final World world;
    private final LongSupplier clock;
    private int pointer;

    RegisterFileModel(LongSupplier clock, Map<String, Double> initial) {
        this.clock = clock;
        this.world = new World(initial);
    }

    /** Lets end what has ended; called before every transfer. */
    abstract void advance() throws NotAcknowledged;

    abstract void put(int register, int value) throws NotAcknowledged;

    /** The register's content, 0 to 255; reading may change it. */
    int get(int register) {
        return registers[register];
    }

    /** Where the pointer goes after a byte. */
    int next(int register) {
        return (register + 1) & 0xff;
    }

    final long now() {
        return clock.getAsLong();
    }

    final void putWord(int register, int word) {
        registers[register] = (word >> 8) & 0xff;
        registers[register + 1] = word & 0xff;
    }

    @Override
    public final synchronized void write(byte[] bytes) throws NotAcknowledged {
        advance();
        for (var i = 0; i < bytes.length; i++) {
            if (i == 0) {
                pointer = bytes[i] & 0xff;
            } else {
                put(pointer, bytes[i] & 0xff);
                pointer = next(pointer);
            }
        }
    }

    @Override
    public final synchronized byte[] read(int count) throws NotAcknowledged {
        advance();
        var answer = new byte[count];
        for (var i = 0; i < count; i++) {
            answer[i] = (byte) get(pointer);
            pointer = next(pointer);
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
