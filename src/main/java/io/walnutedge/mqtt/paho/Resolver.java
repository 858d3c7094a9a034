package io.walnutedge.mqtt.paho;

import io.walnutedge.mqtt.LinkSettings;
import io.walnutedge.text.TimeText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the addresses of a name within a bound: getaddrinfo(3) has none of its own, waits for each name server in turn,
 * and cannot be interrupted. Any thread.
 */
final class Resolver {
    /** That of this machine. One for all, for its threads are. */
    static final Resolver SYSTEM = ofMachine();

    private static Resolver ofMachine() {
        // the link has its own pauses; in its 10 s, Java would hide an answer that is there again, and the first reason
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        return new Resolver(InetAddress::getAllByName, LinkSettings.NAME_LOOKUP);
    }

    /** Asks; may block for long. */
    interface Source {
        InetAddress[] addresses(String name) throws UnknownHostException;
    }

    private final Source source;
    private final Duration patience;
    /** Under way: a name that nobody answers for has one thread, however often it is asked for. */
    private final Map<String, Lookup> running = new HashMap<>();
    /** Those that took a connection and then said nothing of use. */
    private final Set<InetAddress> mute = ConcurrentHashMap.newKeySet();

    Resolver(Source source, Duration patience) {
        this.source = source;
        this.patience = patience;
    }

    /** Begins to ask, or joins who does. */
    Lookup lookup(String name) {
        synchronized (running) {
            return running.computeIfAbsent(name, this::begin);
        }
    }

    /** Without those that were mute, while others are left: they would be the first to take a connection again. */
    InetAddress[] withoutMute(InetAddress... addresses) {
        var others = Arrays.stream(addresses)
                .filter(address -> !mute.contains(address))
                .toArray(InetAddress[]::new);
        return others.length == 0 ? addresses : others;
    }

    /** A connection to it ended before it carried MQTT. */
    void mute(InetAddress address) {
        mute.add(address);
    }

    /** One has carried MQTT, or none of the others can be reached: from now on, all are worth a try. */
    void forgetMute() {
        mute.clear();
    }

    private Lookup begin(String name) {
        var lookup = new Lookup(name);
        var thread = new Thread(lookup::run, "DNS " + name);
        thread.setDaemon(true);
        thread.start();
        return lookup;
    }

    /** The question for one name. */
    final class Lookup {
        private final String name;
        private InetAddress @Nullable [] addresses;
        private @Nullable Throwable failure;

        private Lookup(String name) {
            this.name = name;
        }

        private void run() {
            try {
                end(source.addresses(name), null);
            } catch (IOException | RuntimeException | Error failed) {
                // whoever waits throws it
                end(null, failed);
            }
        }

        private void end(InetAddress @Nullable [] found, @Nullable Throwable failed) {
            synchronized (running) {
                running.remove(name);
            }
            synchronized (this) {
                addresses = found;
                failure = failed;
                notifyAll();
            }
        }

        /** Has those that {@link #await} look whether they are closed. */
        synchronized void wake() {
            notifyAll();
        }

        /** @throws IOException if the name has no address, nobody says so in time, or {@code closed} */
        synchronized InetAddress[] await(BooleanSupplier closed) throws IOException {
            var deadline = System.nanoTime() + patience.toNanos();
            try {
                while (addresses == null && failure == null) {
                    var left = deadline - System.nanoTime();
                    if (closed.getAsBoolean()) {
                        throw new SocketException("closed");
                    }
                    if (left <= 0) {
                        throw new IOException("the name '" + name + "' could not be resolved within "
                                + TimeText.of(patience) + ": no answer from the name server (DNS)");
                    }
                    // rounded up: a wait of 0 ms would be one for ever
                    wait(left / 1_000_000 + 1);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
            return result();
        }

        private InetAddress[] result() throws IOException {
            if (addresses != null) {
                return addresses.clone();
            }
            if (failure instanceof Error fatal) {
                throw fatal;
            }
            throw failure instanceof IOException known ? known : new IOException(failure);
        }
    }
}
