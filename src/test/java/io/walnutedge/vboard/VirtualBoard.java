package io.walnutedge.vboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One running guest with its chips and pins; it ends with {@link #close} or, at the latest, with this JVM. */
final class VirtualBoard implements AutoCloseable {
    private static final Path PARTS = Path.of("src/test/board").toAbsolutePath();

    private final Process boot;
    private final Control control;
    private final Guest guest;

    private VirtualBoard(Process boot, Control control, Guest guest) {
        this.boot = boot;
        this.control = control;
        this.guest = guest;
    }

    /** Boots the guest that {@code deploy/test-board.sh} built; a root shell is all that runs in it. */
    static VirtualBoard start() throws IOException {
        String kind = property("walnutedge.board");
        return start(kind, log(kind));
    }

    /** Boots a fresh Debian 12 with its systemd and udev, on the kernel of the User-Mode Linux guest. */
    static VirtualBoard startDebian() throws IOException {
        return start("uml", log("debian"), property("walnutedge.board.debian"));
    }

    private static Path log(String name) throws IOException {
        return Files.createDirectories(Path.of("target/board")).resolve(name + ".log");
    }

    private static VirtualBoard start(String kind, Path log, String... more) throws IOException {
        var command = new ArrayList<>(
                List.of("/usr/bin/python3", PARTS.resolve("boot.py").toString(), kind));
        command.addAll(List.of(property("walnutedge.board.built"), log.toString()));
        command.addAll(List.of(more));
        Process boot = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            BufferedReader out = new BufferedReader(new InputStreamReader(boot.getInputStream(), UTF_8));
            String ready = out.readLine();
            if (ready == null) {
                throw new IOException("the " + kind + " guest did not boot; its console is in " + log);
            }
            JsonObject ports = JsonParser.object().from(ready);
            return new VirtualBoard(
                    boot, new Control(ports.getInt("control")), new Guest(Kind.of(kind), ports.getInt("shell")));
        } catch (IOException | JsonParserException e) {
            boot.destroy();
            throw new IOException("cannot start the virtual board", e);
        }
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(
                    "no system property " + name + ": the tests of the virtual board are run by deploy/test-board.sh");
        }
        return value;
    }

    Guest guest() {
        return guest;
    }

    Chips chips() {
        return new Chips(control);
    }

    Pins pins() {
        return new Pins(control);
    }

    @Override
    public void close() throws IOException {
        control.close();
        boot.destroy();
        boot.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
