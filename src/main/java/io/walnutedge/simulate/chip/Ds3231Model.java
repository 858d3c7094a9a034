package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** A DS3231 (19-5170): registers that wrap at 0x12, conversions on request; its clock stands still. Any thread. */
public final class Ds3231Model implements ChipModel {
    private static final long CONVERSION = 200_000_000; // electrical characteristics, t_CONV at most

    private final LongSupplier nanos;
    private final World world = new World(Map.of("temperature", 21.5));
    private final int[] registers = new int[0x13];
    private int pointer;
    private boolean converting;
    private long endsAt;

    /** @param nanos a monotonic clock */
    public Ds3231Model(LongSupplier nanos) {
        this.nanos = nanos;
        registers[0x0e] = 0x1c; // control register: INTCN, RS2 and RS1 at power-up
        registers[0x0f] = 0x88; // status register: OSF and EN32kHz
    }

    private void advance() {
        if (converting && nanos.getAsLong() - endsAt >= 0) {
            converting = false;
            registers[0x0e] &= ~0x20;
            registers[0x0f] &= ~0x04;
            var quarters = (int) Math.round(world.get("temperature") * 4);
            registers[0x11] = quarters >> 2 & 0xff;
            registers[0x12] = (quarters & 3) << 6;
        }
    }

    @Override
    public synchronized void write(byte[] bytes) {
        advance();
        if (bytes.length == 0) {
            return;
        }
        pointer = (bytes[0] & 0xff) % 0x13;
        for (var i = 1; i < bytes.length; i++) {
            put(pointer, bytes[i] & 0xff);
            pointer = (pointer + 1) % 0x13;
        }
    }

    private void put(int register, int value) {
        if (register == 0x0e && (value & 0x20) != 0 && !converting) {
            converting = true;
            endsAt = nanos.getAsLong() + CONVERSION;
            registers[0x0f] |= 0x04;
        }
        if (register == 0x0f) {
            registers[register] = (registers[register] & 0x04) | (value & 0x8b);
        } else if (register < 0x11) {
            registers[register] = value;
        }
    }

    @Override
    public synchronized byte[] read(int count) {
        advance();
        var answer = new byte[count];
        for (var i = 0; i < count; i++) {
            answer[i] = (byte) registers[pointer];
            pointer = (pointer + 1) % 0x13;
        }
        return answer;
    }

    @Override
    public Set<String> quantities() {
        return world.names();
    }

    @Override
    public synchronized void set(String quantity, double value) {
        world.set(quantity, value);
    }
}
