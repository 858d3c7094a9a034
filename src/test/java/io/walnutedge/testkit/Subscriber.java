package io.walnutedge.testkit;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A mosquitto_sub, or a single mosquitto_pub: a client that shares no code with the one under test. */
public final class Subscriber implements AutoCloseable {
    private final Process process;
    private final List<String> lines = new ArrayList<>();

    private Subscriber(Process process) {
        this.process = process;
    }

    /**
     * Subscribes with QoS 1 and waits until it receives; each message is a line of retain flag, topic and payload.
     *
     * @param options more of mosquitto_sub(1)
     */
    public static Subscriber start(Mosquitto broker, String filter, String... options) {
        return start(broker.port(), filter, options);
    }

    /** The same with some other broker of this machine. */
    public static Subscriber start(int port, String filter, String... options) {
        var command = new ArrayList<>(
                List.of("mosquitto_sub", "-h", "127.0.0.1", "-p", Integer.toString(port), "-q", "1", "-t", filter));
        command.addAll(List.of("-t", "subscriber/ready", "-F", "%r %t %p"));
        command.addAll(List.of(options));
        var subscriber = new Subscriber(run(command));
        var reader = new Thread(subscriber::read, "subscriber");
        reader.setDaemon(true);
        reader.start();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    publish(port, "subscriber/ready", "yes");
                    return !subscriber.messages("subscriber/ready").isEmpty();
                });
        return subscriber;
    }

    /** Publishes one message with QoS 1. */
    public static void publish(Mosquitto broker, String topic, String payload, String... options) {
        publish(broker.port(), topic, payload, options);
    }

    private static void publish(int port, String topic, String payload, String... options) {
        var command = new ArrayList<>(
                List.of("mosquitto_pub", "-h", "127.0.0.1", "-p", Integer.toString(port), "-q", "1", "-t", topic));
        command.addAll(List.of("-m", payload));
        command.addAll(List.of(options));
        try {
            var process = run(command);
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("mosquitto_pub failed");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static Process run(List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException missing) {
            throw new AssertionError("install mosquitto-clients: this test needs " + command.get(0), missing);
        }
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
            }
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    /** All lines so far, each {@code <0 or 1, retained> <topic> <payload>}. */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** The payloads of a topic so far, in order. */
    public List<String> messages(String topic) {
        return lines().stream()
                .map(line -> line.split(" ", 3))
                .filter(parts -> parts.length == 3 && parts[1].equals(topic))
                .map(parts -> parts[2])
                .toList();
    }

    /** The latest payload of a topic; empty before the first. */
    public String last(String topic) {
        var messages = messages(topic);
        return messages.isEmpty() ? "" : messages.get(messages.size() - 1);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
