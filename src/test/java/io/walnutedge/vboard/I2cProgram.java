package io.walnutedge.vboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * An {@link I2cConsole} that runs in the guest: one for all tests, because the start of a virtual machine takes most of a
 * minute there. One thread.
 */
final class I2cProgram implements AutoCloseable {
    /** The first answer of each kind waits for its classes and for Pi4J to start. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final Duration START = Duration.ofMinutes(4);
    private static final String LOG = "/tmp/i2c-console.log";

    private final Socket socket;
    private final BufferedReader in;

    private I2cProgram(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        socket.setSoTimeout((int) LIMIT.toMillis());
        socket.setTcpNoDelay(true);
    }

    static I2cProgram start(Guest guest) {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout((int) START.toMillis());
            String java = guest.java(I2cConsole.class, String.valueOf(server.getLocalPort()));
            guest.output("setsid " + java + " >" + LOG + " 2>&1 &");
            try {
                return new I2cProgram(server.accept());
            } catch (IOException failed) {
                throw new IOException("the console did not start: " + guest.run("cat " + LOG), failed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to a command that must succeed. */
    String ask(String command) {
        send(command);
        return answer();
    }

    /** How a command fails that must fail. */
    String fails(String command) {
        send(command);
        String line = line();
        if (!line.startsWith("error ")) {
            throw new AssertionError(command + " did not fail: " + line);
        }
        return line.substring("error ".length());
    }

    /** Sends a command whose {@link #answer} is taken later. */
    void send(String command) {
        try {
            socket.getOutputStream().write((command + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String answer() {
        String line = line();
        if (!line.startsWith("ok ")) {
            throw new AssertionError(line);
        }
        return line.substring("ok ".length());
    }

    /** Whether the command that was sent has its answer already. */
    boolean hasAnswer() {
        try {
            return in.ready();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() {
        try {
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the console has ended; see " + LOG + " of the guest");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sample of an open sensor: its quantities in the order of the driver. */
    List<Double> sample(String name) {
        return Stream.of(ask("sample " + name).split(" ", -1))
                .map(Double::valueOf)
                .toList();
    }

    /** The numbers in files of the guest. */
    List<Double> numbers(List<String> files) {
        return Stream.of(ask("files " + String.join(",", files)).split(" ", -1))
                .map(Double::valueOf)
                .toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
