package io.walnutedge.systemd;

import com.sun.jna.NativeLibrary;
import io.walnutedge.natives.NativeCode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;

/** SIGHUP, where whoever started this process has it ignored. Stateless; any thread. */
public final class IgnoredSignal {
    /** signal(7): the same on all architectures. */
    private static final int SIGHUP = 1;
    /** A function of the C library that takes an int and does nothing: with it the signal is not ignored, and kills nobody. */
    private static final String NOTHING = "abs";

    private IgnoredSignal() {}

    /** Whether the kernel drops the signal (proc_pid_status(5), SigIgn). */
    public static boolean isHangUpIgnored() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .map(line ->
                            new BigInteger(line.substring(line.indexOf(':') + 1).strip(), 16))
                    .anyMatch(mask -> mask.testBit(SIGHUP - 1));
        } catch (IOException unknown) {
            // without procfs: who starts a service ignores none
            return false;
        }
    }

    /** Has the signal do nothing, which the virtual machine can replace, in place of being ignored, which it leaves. */
    public static void heedHangUp() throws IOException {
        CLibrary.call(() -> {
            NativeCode.JNA.require();
            var library = NativeLibrary.getInstance("c");
            return library.getFunction("signal").invokePointer(new Object[] {SIGHUP, library.getFunction(NOTHING)});
        });
    }
}
