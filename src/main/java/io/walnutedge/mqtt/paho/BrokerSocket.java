package io.walnutedge.mqtt.paho;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.config.MqttConfig.TlsConfig;
import io.walnutedge.text.TimeText;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * A socket that carries plain MQTT to its user and has DNS, TCP, TLS and WebSocket inside. Its user connects, reads and
 * writes on any threads; {@link #close} works at each stage and never waits for the other side.
 *
 * <p>Paho gets this socket for these reasons. Its own TLS and WebSocket code cannot be ended while a handshake or a write
 * hangs; a WebSocket ping or a frame that comes in two parts ends its connection. It starts its threads between
 * connecting and the first packet, and one that meets the end of the stream in that time leaves another in an endless
 * loop: so nothing can be read here until something was written. And {@link PacketGuard} must stand before it, and a
 * {@link ConnectPacket} in the place of the one that it writes, whose texts it would refuse.
 */
final class BrokerSocket extends Socket {
    /** How long a broker may take none of the acknowledgements that wait, while it sends more messages than are kept. */
    private static final Duration UNTAKEN = Duration.ofSeconds(10);

    private enum Stage {
        OPENING,
        OPEN,
        SPEAKING
    }

    private final BrokerAddress address;
    private final TlsConfig tls;
    private final Resolver resolver;
    private final Duration timeout;
    private final byte[] connect;
    private final int payloadLimit;
    private final PacketGuard.Receiver receiver;
    private final Exchange exchange = new Exchange(UNTAKEN);
    private final Object lock = new Object();
    private volatile Stage stage = Stage.OPENING;
    private volatile boolean closed;
    private volatile boolean answered;
    private volatile boolean secured;
    private Resolver.@Nullable Lookup lookup;
    private @Nullable Dialer dialer;
    private @Nullable Socket tcp;
    private @Nullable IOException failure;
    private InputStream in = InputStream.nullInputStream();
    private CorkedOutput corked = new CorkedOutput(OutputStream.nullOutputStream());
    private OutputStream out = OutputStream.nullOutputStream();

    /**
     * @param timeout for all from the first address to the broker's first answer; the name has its own
     * @param connect the first packet, which takes the place of its user's
     */
    BrokerSocket(
            BrokerAddress address,
            TlsConfig tls,
            Resolver resolver,
            Duration timeout,
            byte[] connect,
            int payloadLimit,
            PacketGuard.Receiver receiver) {
        this.address = address;
        this.tls = tls;
        this.resolver = resolver;
        this.timeout = timeout;
        this.connect = connect;
        this.payloadLimit = payloadLimit;
        this.receiver = receiver;
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

    /** Connects to the address it was made for, whatever the address says. */
    @Override
    public void connect(SocketAddress ignored, int alsoIgnored) throws IOException {
        try {
            open();
        } catch (SocketTimeoutException silent) {
            throw noted(unanswered(silent));
        } catch (IOException trouble) {
            throw noted(trouble);
        }
    }

    private IOException unanswered(SocketTimeoutException silent) {
        return new IOException("no answer within " + TimeText.of(timeout), silent);
    }

    private void open() throws IOException {
        var addresses = addresses();
        var deadline = System.nanoTime() + timeout.toNanos();
        var plain = dial(addresses);
        var socket = address.isEncrypted() ? secure(plain, deadline) : plain;
        InputStream source = new BufferedInputStream(new Prompt(socket.getInputStream(), plain));
        var sink = socket.getOutputStream();
        socket.setSoTimeout(left(deadline));
        if (address.isWebSocket()) {
            var webSocket = WebSocket.open(source, sink, address);
            source = webSocket.input();
            sink = webSocket.output();
        }
        // until the first answer
        socket.setSoTimeout(left(deadline));
        synchronized (lock) {
            checkOpen();
            in = new Incoming(new PacketGuard(source, payloadLimit, exchange, receiver), socket);
            corked = new CorkedOutput(sink);
            out = new Outgoing(corked);
            stage = Stage.OPEN;
        }
    }

    private InetAddress[] addresses() throws IOException {
        var asked = resolver.lookup(address.host());
        synchronized (lock) {
            lookup = asked;
        }
        return resolver.withoutMute(asked.await(() -> closed));
    }

    private Socket dial(InetAddress[] addresses) throws IOException {
        var dialing = new Dialer(addresses, address.port());
        synchronized (lock) {
            checkOpen();
            dialer = dialing;
        }
        Socket socket;
        try {
            socket = dialing.dial(timeout);
        } catch (IOException unreachable) {
            resolver.forgetMute();
            throw unreachable;
        }
        synchronized (lock) {
            tcp = socket;
        }
        if (closed) {
            socket.close();
        }
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        return socket;
    }

    private SSLSocket secure(Socket plain, long deadline) throws IOException {
        var factory = Tls.load(tls).getSocketFactory();
        var secure = (SSLSocket) factory.createSocket(plain, address.host(), address.port(), true);
        if (tls.verifyHostName()) {
            var parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
        }
        secure.setSoTimeout(left(deadline));
        shakeHands(secure);
        secured = true;
        return secure;
    }

    private void shakeHands(SSLSocket secure) throws IOException {
        try {
            secure.startHandshake();
        } catch (SocketTimeoutException silent) {
            throw new SSLException(
                    "no answer to the TLS handshake in time; perhaps the port does not speak TLS at all", silent);
        } catch (SocketException reset) {
            throw new SSLException("the connection was closed", reset);
        }
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
                if (tcp != null && !answered) {
                    resolver.mute(tcp.getInetAddress());
                }
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

    /** Whether a TLS handshake has succeeded. */
    boolean isSecured() {
        return secured;
    }

    /** What the two sides owe each other. */
    Exchange exchange() {
        return exchange;
    }

    /** What tells how much is about to be written; once it is connected. */
    CorkedOutput corked() {
        synchronized (lock) {
            return corked;
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
        exchange.close();
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
            if (lookup != null) {
                lookup.wake();
            }
            if (dialer != null) {
                dialer.close();
            }
            if (tcp != null) {
                try {
                    tcp.close();
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
        private final Socket socket;

        /** @param socket whose time for the first answer runs */
        Incoming(InputStream source, Socket socket) {
            this.source = source;
            this.socket = socket;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            read(one, 0, 1);
            return Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            awaitFirstWrite();
            try {
                return taken(source.read(buffer, offset, length));
            } catch (SocketTimeoutException silent) {
                // Paho would read on
                throw noted(unanswered(silent));
            } catch (IOException trouble) {
                throw noted(trouble);
            }
        }

        private int taken(int result) throws IOException {
            if (result < 0) {
                throw new EOFException();
            }
            if (!answered) {
                answered = true;
                socket.setSoTimeout(0);
                resolver.forgetMute();
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

    /** Writes on, and has the {@link Exchange} know what. One packet ends with one flush. */
    private final class Outgoing extends OutputStream {
        private final OutputStream sink;
        private boolean begun;
        private boolean within;
        private boolean replaced;
        private boolean acknowledges;

        Outgoing(OutputStream sink) {
            this.sink = sink;
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        /** @param bytes the first ones of a packet have all of it but its payload, for Paho hands them over in one */
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                if (!within) {
                    within = true;
                    begin(bytes, offset, length);
                }
                if (!replaced) {
                    sink.write(bytes, offset, length);
                }
            } catch (IOException trouble) {
                throw noted(trouble);
            } finally {
                speaking();
            }
        }

        /** The first packet on a connection is CONNECT (MQTT 3.1.1, 3.1). */
        private void begin(byte[] bytes, int offset, int length) throws IOException {
            replaced = !begun;
            if (replaced) {
                begun = true;
                acknowledges = exchange.sends(ByteBuffer.wrap(connect));
                sink.write(connect);
            } else {
                acknowledges = exchange.sends(ByteBuffer.wrap(bytes, offset, length));
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                sink.flush();
            } catch (IOException trouble) {
                throw noted(trouble);
            }
            if (within && acknowledges) {
                exchange.acknowledged();
            }
            within = false;
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
