package io.walnutedge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program of this machine that a test runs, in the root of the project. */
public final class Command {
    public static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final long LIMIT_MIN = 5;

    private Command() {}

    /** What it says on standard output and standard error; it must end with status 0. */
    public static String output(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(PROJECT.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        try {
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(LIMIT_MIN, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as("%s said: %s", String.join(" ", command), said)
                    .isZero();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
