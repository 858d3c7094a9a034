package io.walnutedge.fault;

import io.walnutedge.testkit.Mosquitto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A network between a client and its broker that can be made bad. Any thread; {@link #close} ends all of its own. */
final class FaultProxy implements AutoCloseable {
    private final int port = Mosquitto.freePort();
    private final Object lock = new Object();
    private final Set<ProxiedConnection> connections = new HashSet<>();
    private final Thread acceptor = new Thread(this::accept, "proxy");
    private volatile int target;
    private Conditions conditions = Conditions.CLEAR;
    private long epoch;
    private @Nullable ServerSocket listener;
    private boolean closed;

    /** What holds, and since which change. */
    record Current(Conditions conditions, long epoch) {}

    private FaultProxy(int target) {
        this.target = target;
    }

    /** @param target a port of the loopback interface */
    static FaultProxy start(int target) {
        var proxy = new FaultProxy(target);
        synchronized (proxy.lock) {
            proxy.listen();
        }
        proxy.acceptor.setDaemon(true);
        proxy.acceptor.start();
        return proxy;
    }

    int port() {
        return port;
    }

    /** New connections lead there. */
    void target(int other) {
        target = other;
    }

    /** From now on. */
    void set(Conditions next) {
        synchronized (lock) {
            conditions = next;
            epoch++;
            if (next.door() != Conditions.Door.OPEN) {
                Set.copyOf(connections).forEach(ProxiedConnection::reset);
            }
            if (next.door() == Conditions.Door.SHUT) {
                stopListening();
            } else if (listener == null) {
                listen();
            }
            lock.notifyAll();
        }
    }

    Current current() {
        synchronized (lock) {
            return new Current(conditions, epoch);
        }
    }

    /** Waits until conditions change, or {@code done}, at most so long; 0 is for ever. */
    void awaitChange(long since, long atMostMillis, Supplier<Boolean> done) throws InterruptedException {
        synchronized (lock) {
            var until = System.nanoTime() + atMostMillis * 1_000_000;
            while (epoch == since && !closed && !done.get()) {
                var left = (until - System.nanoTime()) / 1_000_000;
                if (atMostMillis > 0 && left <= 0) {
                    return;
                }
                lock.wait(atMostMillis > 0 ? left : 0);
            }
        }
    }

    void wake() {
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    /** Connections that are open at the moment. */
    int connections() {
        synchronized (lock) {
            return connections.size();
        }
    }

    void gone(ProxiedConnection connection) {
        synchronized (lock) {
            connections.remove(connection);
        }
    }

    private void listen() {
        try {
            listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    private void stopListening() {
        try {
            if (listener != null) {
                listener.close();
                listener = null;
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void accept() {
        try {
            for (var open = door(); open != null; open = door()) {
                admit(open);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable ServerSocket door() throws InterruptedException {
        synchronized (lock) {
            while (listener == null && !closed) {
                lock.wait();
            }
            return listener;
        }
    }

    private void admit(ServerSocket open) {
        try {
            var client = open.accept();
            client.setTcpNoDelay(true);
            synchronized (lock) {
                var connection = new ProxiedConnection(this, client);
                if (closed || conditions.door() == Conditions.Door.SHUT) {
                    connection.reset();
                    return;
                }
                connections.add(connection);
                connection.start(conditions.door());
            }
        } catch (IOException shut) {
            // the door was closed meanwhile; the loop looks for the next one
            wake();
        }
    }

    Socket upstream() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), target);
        socket.setTcpNoDelay(true);
        return socket;
    }

    @Override
    public void close() {
        Set<ProxiedConnection> last;
        synchronized (lock) {
            closed = true;
            stopListening();
            last = Set.copyOf(connections);
            lock.notifyAll();
        }
        last.forEach(ProxiedConnection::reset);
        try {
            acceptor.join(5_000);
            for (var connection : last) {
                connection.join();
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
