package io.walnutedge.simulate;

import io.walnutedge.hardware.I2cTarget;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** A chip with faults. Any thread; transfers come one at a time. */
final class FaultyI2cTarget implements I2cTarget {
    /** The kernel's limit for a transfer (i2c_register_adapter: timeout = HZ). */
    private static final long KERNEL_TIMEOUT = 1_000_000_000;

    private final I2cTarget slave;
    private final List<ChipFault> faults;
    private final LongSupplier sinceStart;
    private final Random random;

    /** @param sinceStart in nanoseconds */
    FaultyI2cTarget(I2cTarget slave, List<ChipFault> faults, LongSupplier sinceStart, long seed) {
        this.slave = slave;
        this.faults = List.copyOf(faults);
        this.sinceStart = sinceStart;
        this.random = new Random(seed);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        if (!strikes(ChipFault.Kind.ONES) && !strikes(ChipFault.Kind.ZEROS)) {
            acknowledge();
            slave.write(bytes);
        }
    }

    @Override
    public byte[] read(int count) throws IOException {
        if (strikes(ChipFault.Kind.ONES)) {
            var ones = new byte[count];
            Arrays.fill(ones, (byte) 0xff);
            return ones;
        }
        if (strikes(ChipFault.Kind.ZEROS)) {
            return new byte[count];
        }
        acknowledge();
        return slave.read(count);
    }

    private void acknowledge() throws IOException {
        if (strikes(ChipFault.Kind.HANG)) {
            LockSupport.parkNanos(KERNEL_TIMEOUT);
            throw new IOException("Connection timed out");
        }
        if (strikes(ChipFault.Kind.NACK)) {
            throw new IOException("Remote I/O error");
        }
    }

    private boolean strikes(ChipFault.Kind kind) {
        var now = sinceStart.getAsLong();
        return faults.stream()
                .anyMatch(fault -> fault.kind() == kind && fault.isNow(now) && isHit(fault.probability()));
    }

    private synchronized boolean isHit(double probability) {
        return random.nextDouble() < probability;
    }
}
