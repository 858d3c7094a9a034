package io.walnutedge.vboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The guest's side: a root shell in it. Scripts may run side by side, from any thread. */
final class Guest {
    /** How a script ended, with what it wrote to both its outputs. */
    record Result(int status, String output) {}

    private static final Duration USUAL = Duration.ofSeconds(60);

    private final Kind kind;
    private final int port;

    Guest(Kind kind, int port) {
        this.kind = kind;
        this.port = port;
    }

    Kind kind() {
        return kind;
    }

    /** How long something may take at the most that takes a second on a machine of its own. */
    Duration patience() {
        return kind == Kind.ARM64 ? USUAL.multipliedBy(4) : USUAL;
    }

    Result run(String script) {
        return run(script, USUAL);
    }

    /** Runs a bash script; one that takes longer than the limit is ended, with the status 124. */
    Result run(String script, Duration limit) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) limit.plusSeconds(30).toMillis());
            socket.getOutputStream().write((limit.toSeconds() + "\n" + script + "\n").getBytes(UTF_8));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            int end = answer.lastIndexOf('\0');
            if (end < 0) {
                throw new IOException("the guest broke off after: " + answer);
            }
            return new Result(Integer.parseInt(answer.substring(end + 1).trim()), answer.substring(0, end));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a script that must succeed wrote, without white space at its ends. */
    String output(String script) {
        Result result = run("set -e\n" + script);
        if (result.status() != 0) {
            throw new AssertionError(
                    "status " + result.status() + " of\n" + script + "\nwhich wrote\n" + result.output());
        }
        return result.output().strip();
    }

    /** Waits until a condition of the shell holds. */
    void await(String condition) {
        Awaitility.await(condition)
                .atMost(patience())
                .pollInterval(Duration.ofMillis(100))
                .until(() -> run(condition).status() == 0);
    }

    /** The content of a file; the path may hold shell patterns. */
    String read(String path) {
        return output("cat " + path);
    }

    /** Binds one of the kernel's drivers to a chip of the bus until it is closed. */
    KernelDriver bind(String driver, int address) {
        return new KernelDriver(this, driver, address);
    }

    /** The command that runs a class of the test class path in the guest's own JVM. */
    String java(Class<?> main, String... arguments) {
        String classPath = Arrays.stream(
                        System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
                .map(entry -> path(Path.of(entry)))
                .collect(Collectors.joining(":"));
        return "java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '" + classPath + "' " + main.getName() + " "
                + String.join(" ", arguments);
    }

    /** Where the guest sees a file of this machine; it cannot write it. */
    static String path(Path here) {
        return "/mnt" + here.toAbsolutePath();
    }
}
