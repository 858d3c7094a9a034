package io.walnutedge.sensor.exec;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.walnutedge.natives.NativeCode;

/** Two calls of the C library. Any thread. This class alone loads JNA here, at its first use. */
final class Libc {
    private static final int PR_SET_CHILD_SUBREAPER = 36; // include/uapi/linux/prctl.h
    private static final int WNOHANG = 1; // include/uapi/linux/wait.h

    static {
        NativeCode.JNA.require();
        Native.register(Libc.class, "c");
    }

    private Libc() {}

    private static native int prctl(int option, long argument) throws LastErrorException;

    private static native int waitpid(int pid, Pointer status, int options) throws LastErrorException;

    /**
     * From now on what loses its parent below this process becomes its child (prctl(2)).
     *
     * @return false where that is not to be had
     * @throws LinkageError where JNA is missing, which {@link io.walnutedge.natives.CLibrary} makes a reason of
     */
    static boolean becomeSubreaper() {
        try {
            prctl(PR_SET_CHILD_SUBREAPER, 1);
            return true;
        } catch (LastErrorException refused) {
            return false;
        }
    }

    /** Takes the exit status of a child that has ended, so that no zombie stays; false while it has not ended. */
    static boolean reap(long pid) {
        try {
            return waitpid(Math.toIntExact(pid), Pointer.NULL, WNOHANG) != 0;
        } catch (LastErrorException gone) {
            // ECHILD: there is nothing to reap any more
            return true;
        }
    }
}
