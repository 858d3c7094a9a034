package io.walnutedge.mqtt;

import io.walnutedge.config.MqttConfig.TlsConfig;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * A socket that carries plain MQTT to its user and has DNS, TCP, TLS and WebSocket inside. Its user connects, reads and
 * writes on any threads; {@link #close} works at each stage and never waits for the other side.
 *
 * <p>Paho gets this socket for three reasons. Its own TLS and WebSocket code cannot be ended while a handshake or a write
 * hangs; a WebSocket ping or a frame that comes in two parts ends its connection. It starts its threads between
 * connecting and the first packet, and one that meets the end of the stream in that time leaves another in an endless
 * loop: so nothing can be read here until something was written. And {@link PacketLimit} must stand before it.
 */
final class Wire extends Socket {
    private enum Stage {
        OPENING,
        OPEN,
        SPEAKING
    }

    private final Endpoint endpoint;
    private final TlsConfig tls;
    private final long timeoutNanos;
    private final int payloadLimit;
    private final Object lock = new Object();
    private volatile Stage stage = Stage.OPENING;
    private boolean closed;
    private volatile @Nullable Socket tcp;
    private @Nullable IOException failure;
    private InputStream in = InputStream.nullInputStream();
    private Gathering gathering = new Gathering(OutputStream.nullOutputStream());
    private OutputStream out = OutputStream.nullOutputStream();

    /** @param timeout for all of connecting */
    Wire(Endpoint endpoint, TlsConfig tls, Duration timeout, int payloadLimit) {
        this.endpoint = endpoint;
        this.tls = tls;
        this.timeoutNanos = timeout.toNanos();
        this.payloadLimit = payloadLimit;
    }

    /** What went wrong first, unless it was closed before; null if nothing did. */
    @Nullable IOException failure() {
        synchronized (lock) {
            return failure;
        }
    }

    @Override
    public void connect(SocketAddress ignored) throws IOException {
        connect(ignored, 0);
    }

    /** Connects to the endpoint it was made for, whatever the address says. */
    @Override
    public void connect(SocketAddress ignored, int alsoIgnored) throws IOException {
        try {
            open();
        } catch (IOException trouble) {
            throw noted(trouble);
        }
    }

    private void open() throws IOException {
        var deadline = System.nanoTime() + timeoutNanos;
        var socket = reach(deadline);
        if (endpoint.isTls()) {
            socket = secure(socket, deadline);
        }
        InputStream source = new BufferedInputStream(new Prompt(socket.getInputStream(), Objects.requireNonNull(tcp)));
        var sink = socket.getOutputStream();
        if (endpoint.isWebSocket()) {
            var webSocket = WebSocket.open(source, sink, endpoint);
            source = webSocket.input();
            sink = webSocket.output();
        }
        socket.setSoTimeout(0);
        synchronized (lock) {
            checkOpen();
            in = new Incoming(new PacketLimit(source, payloadLimit));
            gathering = new Gathering(sink);
            out = new Outgoing(gathering);
            stage = Stage.OPEN;
        }
    }

    /** TCP to the first address that answers, each with its share of the time that is left. */
    private Socket reach(long deadline) throws IOException {
        var addresses = InetAddress.getAllByName(endpoint.host());
        for (var i = 0; ; i++) {
            var socket = new Socket();
            synchronized (lock) {
                checkOpen();
                tcp = socket;
            }
            try {
                socket.setTcpNoDelay(true);
                socket.setKeepAlive(true);
                var share = left(deadline) / (addresses.length - i);
                socket.connect(new InetSocketAddress(addresses[i], endpoint.port()), Math.max(1, share));
                socket.setSoTimeout(left(deadline));
                return socket;
            } catch (IOException unreachable) {
                socket.close();
                if (i == addresses.length - 1) {
                    throw unreachable;
                }
            }
        }
    }

    private SSLSocket secure(Socket plain, long deadline) throws IOException {
        var factory = Tls.load(tls).getSocketFactory();
        var secure = (SSLSocket) factory.createSocket(plain, endpoint.host(), endpoint.port(), true);
        if (tls.verifyHostName()) {
            var parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
        }
        secure.setSoTimeout(left(deadline));
        secure.startHandshake();
        return secure;
    }

    private static int left(long deadline) throws SocketTimeoutException {
        var millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) millis;
    }

    private void checkOpen() throws SocketException {
        if (closed) {
            throw new SocketException("closed");
        }
    }

    private IOException noted(IOException trouble) {
        synchronized (lock) {
            if (!closed && failure == null) {
                failure = trouble;
            }
        }
        return trouble;
    }

    /**
     * Ends an attempt that has no connection yet. Where there is one, waits until its user has written something, because
     * it cannot be stopped before.
     *
     * @return true if it ended an attempt, and the thread that makes it is about to notice
     */
    boolean settle(Duration atMost) throws InterruptedException {
        synchronized (lock) {
            var deadline = System.nanoTime() + atMost.toNanos();
            while (stage == Stage.OPEN && !closed) {
                var millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return false;
                }
                lock.wait(millis);
            }
            if (stage == Stage.OPENING && failure == null) {
                closeTcp();
                return true;
            }
            return false;
        }
    }

    /** What tells how much is about to be written; once it is connected. */
    Gathering gathering() {
        synchronized (lock) {
            return gathering;
        }
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    /** Without effect: reads wait for data, and {@link #close} ends them. */
    @Override
    public void setSoTimeout(int ignored) {}

    @Override
    public synchronized void close() {
        closeTcp();
    }

    /** Closes the socket under everything else: TLS would wait to say goodbye, for a write that hangs perhaps. */
    private void closeTcp() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
            var socket = tcp;
            if (socket != null) {
                try {
                    socket.close();
                } catch (IOException unlikely) {
                    failure = failure == null ? unlikely : failure;
                }
            }
        }
    }

    /**
     * Has what was read acknowledged at once. A broker may hold back its next small packet until it has TCP's
     * acknowledgement of the one before (Nagle, RFC 9293, 3.7.4; mosquitto does unless told otherwise), and the kernel
     * delays that by 40 ms. It forgets the option (tcp(7), TCP_QUICKACK), hence each time.
     */
    private static final class Prompt extends FilterInputStream {
        private final Socket tcp;
        private final boolean supported;

        Prompt(InputStream source, Socket tcp) {
            super(source);
            this.tcp = tcp;
            this.supported = tcp.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            var count = super.read(buffer, offset, length);
            if (supported && count > 0) {
                tcp.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
            }
            return count;
        }
    }

    private final class Incoming extends InputStream {
        private final InputStream source;

        Incoming(InputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            awaitFirstWrite();
            try {
                return orEnd(source.read());
            } catch (IOException trouble) {
                throw noted(trouble);
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            awaitFirstWrite();
            try {
                return orEnd(source.read(buffer, offset, length));
            } catch (IOException trouble) {
                throw noted(trouble);
            }
        }

        private int orEnd(int result) throws EOFException {
            if (result < 0) {
                throw new EOFException();
            }
            return result;
        }

        private void awaitFirstWrite() throws IOException {
            if (stage == Stage.SPEAKING) {
                return;
            }
            synchronized (lock) {
                while (stage != Stage.SPEAKING) {
                    checkOpen();
                    try {
                        lock.wait();
                    } catch (InterruptedException interrupted) {
                        throw new IOException(interrupted);
                    }
                }
            }
        }

        @Override
        public int available() throws IOException {
            synchronized (lock) {
                return stage == Stage.SPEAKING ? source.available() : 0;
            }
        }
    }

    private final class Outgoing extends OutputStream {
        private final OutputStream sink;

        Outgoing(OutputStream sink) {
            this.sink = sink;
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                sink.write(bytes, offset, length);
            } catch (IOException trouble) {
                throw noted(trouble);
            } finally {
                speaking();
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                sink.flush();
            } catch (IOException trouble) {
                throw noted(trouble);
            }
        }

        private void speaking() {
            if (stage == Stage.SPEAKING) {
                return;
            }
            synchronized (lock) {
                stage = Stage.SPEAKING;
                lock.notifyAll();
            }
        }
    }
}
