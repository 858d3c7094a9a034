package io.walnutedge.sensor.exec;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.text.TimeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program: no shell, an environment of PATH and LANG, nothing to read, a deadline and a limit to what it may
 * print. One thread.
 */
final class Run {
    private static final int MOST = 64 * 1024;
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG", "C.UTF-8");
    private static final Duration LOOK = Duration.ofMillis(10);

    private final List<String> command;
    private final Process process;
    private final Output out = new Output();
    private final Output error = new Output();

    private Run(List<String> command, Process process) {
        this.command = command;
        this.process = process;
    }

    /** What it prints until it ends. */
    static String output(List<String> command, Duration deadline) throws SensorException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        var ticket = Offspring.OF_THIS_PROCESS.begin();
        try {
            return output(command, builder, deadline, ticket);
        } finally {
            Offspring.OF_THIS_PROCESS.end(ticket);
        }
    }

    private static String output(
            List<String> command, ProcessBuilder builder, Duration deadline, Offspring.Ticket ticket)
            throws SensorException, InterruptedException {
        Process process;
        try {
            process = builder.start();
        } catch (IOException failed) {
            throw new SensorException("cannot run " + command.get(0) + ": " + failed.getMessage(), failed);
        }
        Offspring.OF_THIS_PROCESS.started(ticket, process);
        var run = new Run(command, process);
        try {
            process.getOutputStream().close();
            return run.finish(deadline);
        } catch (IOException failed) {
            throw run.fault("its output cannot be read: " + failed.getMessage());
        } finally {
            run.end();
        }
    }

    private String finish(Duration deadline) throws IOException, SensorException, InterruptedException {
        var end = System.nanoTime() + deadline.toNanos();
        var alive = true;
        while (alive) {
            // looked at before the pipes, so that what it wrote last is not missed
            alive = process.isAlive();
            out.take(process.getInputStream());
            error.take(process.getErrorStream());
            if (out.length > MOST) {
                throw fault("it printed more than " + MOST + " bytes");
            }
            if (alive && System.nanoTime() - end > 0) {
                throw fault("it did not end within " + TimeText.of(deadline) + " and was killed");
            }
            if (alive) {
                process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        if (process.exitValue() != 0) {
            throw SensorException.seeing(
                    error.text().strip(), command.get(0) + ": it ended with status " + process.exitValue());
        }
        return out.text();
    }

    /** Nothing of it goes on: a child that survives its parent would hold the pipes and pile up. */
    private void end() {
        var all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        close(process.getInputStream());
        close(process.getErrorStream());
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException failed) {
            throw new IllegalStateException("a pipe cannot be closed", failed);
        }
    }

    private SensorException fault(String why) {
        return new SensorException(command.get(0) + ": " + why);
    }

    /** What came out of one pipe, up to the limit; the rest is read and dropped. */
    private static final class Output {
        private final byte[] bytes = new byte[MOST + 1];
        private int length;

        /** Takes what is there, without waiting. */
        void take(InputStream stream) throws IOException {
            var there = stream.available();
            var taken = Math.min(there, bytes.length - length);
            length += stream.readNBytes(bytes, length, taken);
            stream.skipNBytes(there - taken);
        }

        String text() {
            return new String(Arrays.copyOf(bytes, length), StandardCharsets.UTF_8);
        }
    }
}
