package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/** A chip with registers of 8 bits and a pointer that counts up with each byte. Any thread. */
abstract class AutoIncrementModel extends ChipModel {
    final int[] registers;
    private int pointer;

    AutoIncrementModel(LongSupplier clock, Map<String, Double> initial) {
        this(clock, 256, initial);
    }

    /** @param size how many registers it has; of more than 256 the number has two bytes */
    AutoIncrementModel(LongSupplier clock, int size, Map<String, Double> initial) {
        super(clock, initial);
        this.registers = new int[size];
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
        return (register + 1) % registers.length;
    }

    /** The register that a write begins with. */
    int first(int written) {
        return written % registers.length;
    }

    final void store(int register, int... values) {
        for (var i = 0; i < values.length; i++) {
            registers[register + i] = values[i] & 0xff;
        }
    }

    final void putWord(int register, int word) {
        store(register, word >> 8, word);
    }

    private void answer() throws NotAcknowledged {
        refuseWhileSilent("starting up");
        advance();
    }

    @Override
    public final synchronized void write(byte[] bytes) throws NotAcknowledged {
        answer();
        var data = registers.length > 256 ? 2 : 1;
        if (bytes.length >= data) {
            pointer = first(data == 2 ? word(bytes, 0) : bytes[0] & 0xff);
        }
        for (var i = data; i < bytes.length; i++) {
            var register = pointer;
            pointer = next(pointer);
            put(register, bytes[i] & 0xff);
        }
    }

    @Override
    public final synchronized byte[] read(int count) throws NotAcknowledged {
        answer();
        return bytes(count, i -> {
            var register = pointer;
            pointer = next(pointer);
            return get(register);
        });
    }
}
