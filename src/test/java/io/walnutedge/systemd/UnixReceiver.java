package io.walnutedge.systemd;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import io.walnutedge.natives.NativeCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A Unix datagram socket that is bound to a name, as systemd's is. */
final class UnixReceiver implements AutoCloseable {
    private static final int MSG_DONTWAIT = 0x40;
    private static final int EAGAIN = 11;

    static {
        NativeCode.JNA.require();
        Native.register(UnixReceiver.class, "c");
    }

    private final int descriptor;

    UnixReceiver(String name) throws IOException {
        descriptor = UnixDatagram.socket(UnixDatagram.AF_UNIX, UnixDatagram.SOCK_DGRAM | UnixDatagram.SOCK_CLOEXEC, 0);
        var address = UnixDatagram.address(name);
        bind(descriptor, address, address.length);
    }

    private static native int bind(int descriptor, byte[] address, int addressBytes) throws LastErrorException;

    private static native NativeLong recv(int descriptor, byte[] bytes, NativeLong count, int flags)
            throws LastErrorException;

    /** All that has arrived; what was sent before is there, because a Unix socket has no wire. */
    List<String> received() {
        var received = new ArrayList<String>();
        while (true) {
            try {
                var bytes = new byte[4096];
                var count = recv(descriptor, bytes, new NativeLong(bytes.length), MSG_DONTWAIT);
                received.add(new String(Arrays.copyOf(bytes, count.intValue()), StandardCharsets.UTF_8));
            } catch (LastErrorException failed) {
                if (failed.getErrorCode() != EAGAIN) {
                    throw failed;
                }
                return received;
            }
        }
    }

    @Override
    public void close() {
        UnixDatagram.close(descriptor);
    }
}
