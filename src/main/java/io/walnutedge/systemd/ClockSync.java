package io.walnutedge.systemd;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import io.walnutedge.natives.NativeCode;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the system clock is synchronized, as the kernel knows it from whatever keeps it (systemd-timesyncd, chrony,
 * ntpd): adjtimex(2). Asked at most once in ten seconds. Any thread.
 */
public final class ClockSync implements BooleanSupplier {
    private static final Logger LOG = LoggerFactory.getLogger(ClockSync.class);

    /** adjtimex(2): the return value of a clock that is not synchronized. */
    private static final int TIME_ERROR = 5;
    /** Size of struct timex on 64-bit Linux, include/uapi/linux/timex.h. */
    private static final int TIMEX_BYTES = 208;

    private static final long VALID_NANOS = 10_000_000_000L;

    private final LongSupplier nanoTime;
    private boolean asked;
    private long askedAt;
    private boolean synced;
    private boolean told;

    public ClockSync(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized boolean getAsBoolean() {
        var now = nanoTime.getAsLong();
        if (!asked || now - askedAt > VALID_NANOS) {
            asked = true;
            askedAt = now;
            synced = ask();
        }
        return synced;
    }

    private boolean ask() {
        try {
            return CLibrary.call(ClockSync::isKept);
        } catch (IOException unknown) {
            if (!told) {
                told = true;
                LOG.warn("it is not known whether the clock is synchronized: {}", unknown.getMessage());
            }
            return false;
        }
    }

    private static boolean isKept() {
        try (var timex = memory()) {
            timex.clear();
            var state = NativeLibrary.getInstance("c").getFunction("adjtimex").invokeInt(new Object[] {timex});
            return state >= 0 && state != TIME_ERROR;
        }
    }

    private static Memory memory() {
        NativeCode.JNA.require();
        return new Memory(TIMEX_BYTES);
    }
}
