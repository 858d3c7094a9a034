package io.walnutedge.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the service is, with the words of sd_notify(3). Does nothing where systemd does not ask for it. Any
 * thread; a call blocks only while systemd does not take what was sent before. A message that cannot be sent is logged,
 * once for a row of them, and never stops the daemon.
 */
public final class Notifier {
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    /** Sends one datagram to systemd. */
    @FunctionalInterface
    interface Channel {
        void send(byte[] message) throws IOException;
    }

    private final Optional<Channel> channel;
    private final Optional<Duration> watchdog;
    private final AtomicBoolean failing = new AtomicBoolean();

    Notifier(Optional<Channel> channel, Optional<Duration> watchdog) {
        this.channel = channel;
        this.watchdog = watchdog;
    }

    /** Of this process: {@code System.getenv()} and its own process id. */
    public static Notifier ofProcess() {
        return of(System.getenv(), ProcessHandle.current().pid());
    }

    /** Reads {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC} and {@code WATCHDOG_PID} (sd_watchdog_enabled(3)). */
    static Notifier of(Map<String, String> environment, long pid) {
        var socket = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (socket.isEmpty()) {
            return new Notifier(Optional.empty(), Optional.empty());
        }
        // the rest is a path in the file system or, after @, in the abstract name space
        if (!socket.startsWith("/") && !socket.startsWith("@")) {
            LOG.warn("NOTIFY_SOCKET={} is neither a path nor an abstract name; systemd will not be told", socket);
            return new Notifier(Optional.empty(), Optional.empty());
        }
        return new Notifier(Optional.of(message -> send(socket, message)), watchdog(environment, pid));
    }

    private static void send(String socket, byte[] message) throws IOException {
        CLibrary.call(() -> {
            UnixDatagram.send(socket, message);
            return true;
        });
    }

    private static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
        var meant = environment.getOrDefault("WATCHDOG_PID", "");
        var micros = environment.getOrDefault("WATCHDOG_USEC", "");
        if (micros.isEmpty() || !(meant.isEmpty() || meant.equals(Long.toString(pid)))) {
            return Optional.empty();
        }
        if (!micros.matches("[0-9]{1,15}") || Long.parseLong(micros) == 0) {
            LOG.warn("WATCHDOG_USEC={} is no time; systemd's watchdog will not be fed", micros);
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(Long.parseLong(micros) * 1_000));
    }

    /** Whether systemd listens. */
    public boolean isActive() {
        return channel.isPresent();
    }

    /** After this long without {@link #alive} systemd ends the service; half of it is a good interval. Empty: never. */
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    /** The service is up: what waits for it may start. */
    public void ready(String status) {
        send("READY=1\nSTATUS=" + oneLine(status));
    }

    /**
     * The configuration is being loaded again; {@link #ready} ends that.
     *
     * @param nanos of the monotonic clock (sd_notify(3), MONOTONIC_USEC)
     */
    public void reloading(long nanos) {
        send("RELOADING=1\nMONOTONIC_USEC=" + nanos / 1_000);
    }

    /** One line for {@code systemctl status}. */
    public void status(String status) {
        send("STATUS=" + oneLine(status));
    }

    /** Feeds the watchdog; only to be called while everything makes progress. */
    public void alive() {
        if (watchdog.isPresent()) {
            send("WATCHDOG=1");
        }
    }

    /** The service has begun to stop. */
    public void stopping(String status) {
        send("STOPPING=1\nSTATUS=" + oneLine(status));
    }

    private void send(String message) {
        if (channel.isEmpty()) {
            return;
        }
        try {
            channel.get().send(message.getBytes(StandardCharsets.UTF_8));
            failing.set(false);
        } catch (IOException trouble) {
            if (failing.compareAndSet(false, true)) {
                LOG.warn(
                        "systemd cannot be told '{}': {}",
                        message.lines().findFirst().orElse(""),
                        trouble.getMessage());
            }
        }
    }

    /** A line end would begin another assignment. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
