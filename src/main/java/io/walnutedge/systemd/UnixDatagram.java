package io.walnutedge.systemd;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Sends datagrams to Unix sockets with the C library. Any thread. This class alone loads JNA, at its first use. */
final class UnixDatagram {
    // Linux on all architectures that Debian has but mips: include/linux/socket.h, include/linux/net.h
    static final int AF_UNIX = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_CLOEXEC = 02000000;
    private static final int MSG_NOSIGNAL = 0x4000;

    /** Room for the name, of which a path's last byte is NUL (unix(7), sun_path). */
    private static final int NAME_BYTES = 108;

    static {
        Native.register(UnixDatagram.class, "c");
    }

    private UnixDatagram() {}

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;

    /** C's long is as wide as its size_t and ssize_t on every Linux. */
    private static native NativeLong sendto(
            int descriptor, byte[] bytes, NativeLong count, int flags, byte[] address, int addressBytes)
            throws LastErrorException;

    /** @param name a path, or {@code @} and an abstract name */
    static void send(String name, byte[] message) throws IOException {
        var address = address(name);
        try {
            var descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            try {
                sendto(descriptor, message, new NativeLong(message.length), MSG_NOSIGNAL, address, address.length);
            } finally {
                close(descriptor);
            }
        } catch (LastErrorException failed) {
            throw new IOException(name + ": " + failed.getMessage(), failed);
        }
    }

    /** A {@code struct sockaddr_un} of just the length that its name needs (unix(7), "Address format"). */
    static byte[] address(String name) throws IOException {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        var isAbstract = bytes[0] == '@';
        var length = isAbstract ? bytes.length : bytes.length + 1;
        if (length > NAME_BYTES) {
            throw new IOException(name + ": longer than a socket's name can be");
        }
        var address = ByteBuffer.allocate(2 + length).order(ByteOrder.nativeOrder());
        address.putShort((short) AF_UNIX).put(bytes);
        if (isAbstract) {
            address.put(2, (byte) 0);
        }
        return address.array();
    }
}
