package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** A chip with registers of 8 bits and a pointer that counts up with each byte. Any thread. */
abstract class AutoIncrementModel implements ChipModel {
    final int[] registers = new int[256];
    final World world;
    private final LongSupplier clock;
    private int pointer;
    private long answersFrom;

    AutoIncrementModel(LongSupplier clock, Map<String, Double> initial) {
        this.clock = clock;
        this.world = new World(initial);
        this.answersFrom = clock.getAsLong();
    }

    /** Lets end what has ended; called before every transfer. */
    abstract void advance();

    /** A byte of the master; registers for reading only ignore it. */
    abstract void put(int register, int value);

    /** The register's content; reading may change it. */
    int get(int register) {
        return registers[register];
    }

    /** The register after another one in one transfer. */
    int next(int register) {
        return (register + 1) & 0xff;
    }

    /** The register that the first byte of a write names. */
    int first(int written) {
        return written;
    }

    final long now() {
        return clock.getAsLong();
    }

    /** No acknowledgement for so long. */
    final void silentFor(long nanos) {
        answersFrom = now() + nanos;
    }

    final void store(int register, int... values) {
        for (var i = 0; i < values.length; i++) {
            registers[register + i] = values[i] & 0xff;
        }
    }

    /** The nearest whole number, held at the ends. */
    static int held(double value, int min, int max) {
        return (int) Math.max(min, Math.min(max, Math.round(value)));
    }

    private void answer() throws NotAcknowledged {
        if (now() - answersFrom < 0) {
            throw new NotAcknowledged("starting up");
        }
        advance();
    }

    @Override
    public final synchronized void write(byte[] bytes) throws NotAcknowledged {
        answer();
        if (bytes.length > 0) {
            pointer = first(bytes[0] & 0xff);
        }
        for (var i = 1; i < bytes.length; i++) {
            var register = pointer;
            pointer = next(pointer);
            put(register, bytes[i] & 0xff);
        }
    }

    @Override
    public final synchronized byte[] read(int count) throws NotAcknowledged {
        answer();
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
