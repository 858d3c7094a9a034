package io.walnutedge.mqtt.paho;

import io.walnutedge.config.BrokerAddress;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * MQTT over a WebSocket (MQTT 3.1.1, 6; RFC 6455), as two plain streams. One thread reads, one writes.
 *
 * <pre>
 *   frame (RFC 6455, 5.2)
 *   u8  fin 0 0 0, opcode: 0 continuation, 2 binary, 8 close, 9 ping, 10 pong
 *   u8  masked, length; 126: u16 follows, 127: u64 follows
 *   u32 masking key, towards the broker only
 *       payload
 * </pre>
 */
final class WebSocket {
    private static final int CONTINUATION = 0;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    /** RFC 6455, 5.5. */
    private static final int MAX_CONTROL = 125;
    /** RFC 6455, 1.3. */
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int MAX_HEADER_BYTES = 16_384;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final InputStream in;
    private final OutputStream out;

    private WebSocket(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Asks the server to speak WebSocket and checks its answer (RFC 6455, 4.1). */
    static WebSocket open(InputStream in, OutputStream out, BrokerAddress address) throws IOException {
        var nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        var key = Base64.getEncoder().encodeToString(nonce);
        out.write(("GET " + address.target() + " HTTP/1.1\r\nHost: " + address.hostAndPort()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + key
                        + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        var answer = header(in);
        if (!answer[0].startsWith("HTTP/1.1 101")) {
            throw new IOException("it answered '" + printable(answer[0]) + "' when asked for a WebSocket at "
                    + address.path() + "; is that the path?");
        }
        if (Arrays.stream(answer).noneMatch(line -> isAccept(line, key))) {
            throw new IOException("its answer is not that of a WebSocket");
        }
        return new WebSocket(in, out);
    }

    private static String[] header(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (text.length() < 4 || !text.substring(text.length() - 4).equals("\r\n\r\n")) {
            var next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            if (text.append((char) next).length() > MAX_HEADER_BYTES) {
                throw new IOException("its answer is not that of a WebSocket");
            }
        }
        return text.toString().split("\r\n", -1);
    }

    private static boolean isAccept(String line, String key) {
        var colon = line.indexOf(':');
        return colon > 0
                && line.substring(0, colon).toLowerCase(Locale.ROOT).equals("sec-websocket-accept")
                && line.substring(colon + 1).strip().equals(accept(key));
    }

    static String accept(String key) {
        try {
            var sha = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder()
                    .encodeToString(sha.digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private static String printable(String line) {
        return line.substring(0, Math.min(80, line.length())).replaceAll("[^ -~]", "?");
    }

    InputStream input() {
        return new Incoming();
    }

    /** Each write is one frame: write whole packets. */
    OutputStream output() {
        return new Outgoing();
    }

    private synchronized void send(int opcode, byte[] bytes, int offset, int length) throws IOException {
        // 2 bytes, at most 8 of length, 4 of key
        var frame = ByteBuffer.allocate(14 + length).put((byte) (FIN | opcode));
        if (length <= MAX_CONTROL) {
            frame.put((byte) (MASKED | length));
        } else if (length <= 0xffff) {
            frame.put((byte) (MASKED | 126)).putShort((short) length);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(length);
        }
        var key = new byte[4];
        RANDOM.nextBytes(key);
        frame.put(key);
        for (var i = 0; i < length; i++) {
            frame.put((byte) (bytes[offset + i] ^ key[i % 4]));
        }
        out.write(frame.array(), 0, frame.position());
        out.flush();
    }

    private final class Outgoing extends OutputStream {
        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            send(BINARY, bytes, offset, length);
        }
    }

    private final class Incoming extends InputStream {
        /** Bytes of the current data frame that are still to come. */
        private long left;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (left == 0) {
                if (!nextFrame()) {
                    return -1;
                }
            }
            var count = in.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(left, in.available());
        }

        /** @return false where the other side says that it ends */
        private boolean nextFrame() throws IOException {
            var first = in.read();
            if (first < 0) {
                return false;
            }
            var length = length(next());
            var opcode = first & 0x0f;
            switch (opcode) {
                case BINARY, CONTINUATION -> left = length;
                case CLOSE -> {
                    return false;
                }
                case PING, PONG -> control(opcode, length);
                default -> throw new IOException("a WebSocket frame of kind " + opcode + ", which MQTT does not use");
            }
            return true;
        }

        private long length(int second) throws IOException {
            if ((second & MASKED) != 0) {
                throw new IOException("a masked WebSocket frame, which no server may send");
            }
            var bytes = second == 127 ? 8 : second == 126 ? 2 : 0;
            var length = bytes == 0 ? (long) second : 0;
            for (var i = 0; i < bytes; i++) {
                length = length << 8 | next();
            }
            if (length < 0) {
                throw new IOException("a WebSocket frame of more than 2^63 bytes");
            }
            return length;
        }

        private void control(int opcode, long length) throws IOException {
            if (length > MAX_CONTROL) {
                throw new IOException("a WebSocket control frame of " + length + " bytes");
            }
            var payload = in.readNBytes((int) length);
            if (opcode == PING) {
                send(PONG, payload, 0, payload.length);
            }
        }

        private int next() throws IOException {
            var next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            return next;
        }
    }
}
