package io.walnutedge.simulate;

import io.walnutedge.hardware.I2cTarget;
import java.util.Map;
import java.util.TreeMap;

/**
 * A chip that nobody has described but by what its registers hold: the first byte written is a register's number, what
 * follows is kept there, and a read goes on from there. Any thread.
 */
final class RegisterBytes implements I2cTarget {
    private final Map<Integer, byte[]> registers = new TreeMap<>();
    private int register;

    RegisterBytes(Map<Integer, byte[]> contents) {
        contents.forEach((number, bytes) -> registers.put(number, bytes.clone()));
    }

    @Override
    public synchronized void write(byte[] bytes) {
        if (bytes.length > 0) {
            register = bytes[0] & 0xff;
        }
        if (bytes.length > 1) {
            var kept = new byte[bytes.length - 1];
            System.arraycopy(bytes, 1, kept, 0, kept.length);
            registers.put(register, kept);
        }
    }

    /** What no register holds is zero. */
    @Override
    public synchronized byte[] read(int count) {
        var answer = new byte[count];
        var filled = 0;
        for (var number = register; filled < count && number <= 0xff; number++) {
            var bytes = registers.getOrDefault(number, new byte[1]);
            var taken = Math.min(bytes.length, count - filled);
            System.arraycopy(bytes, 0, answer, filled, taken);
            filled += taken;
        }
        return answer;
    }
}
