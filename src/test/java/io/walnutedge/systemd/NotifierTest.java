package io.walnutedge.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.testkit.Javas;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifierTest {
    private static final long PID = 4711;

    @TempDir
    Path directory;

    @Test
    void messages_toSocketInFileSystem_areTheBytesOfTheProtocol() throws IOException {
        var name = directory.resolve("notify").toString();
        assertProtocolOver(name);
    }

    @Test
    void messages_toAbstractSocket_areTheBytesOfTheProtocol() throws IOException {
        assertProtocolOver("@walnut-edge-test/" + ProcessHandle.current().pid());
    }

    @Test
    void address_ofLongestName_isJustAsLongAsAllowed() throws IOException {
        assertProtocolOver("@" + ProcessHandle.current().pid() + "x".repeat(90));
        assertThat(UnixDatagram.address("/" + "x".repeat(106))).hasSize(110).endsWith((byte) 0);
        assertThat(UnixDatagram.address("@" + "x".repeat(107))).hasSize(110).endsWith((byte) 'x');
        assertThatThrownBy(() -> UnixDatagram.address("/" + "x".repeat(107)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer");
    }

    private static void assertProtocolOver(String socket) throws IOException {
        try (var systemd = new UnixReceiver(socket)) {
            var notifier = Notifier.of(Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "30000000"), PID);
            notifier.ready("connected to tcp://h:1883");
            notifier.status("21 °C\nREADY=1");
            notifier.alive();
            notifier.stopping("bye");

            assertThat(notifier.isActive()).isTrue();
            assertThat(systemd.received())
                    .containsExactly(
                            "READY=1\nSTATUS=connected to tcp://h:1883",
                            "STATUS=21 °C READY=1",
                            "WATCHDOG=1",
                            "STOPPING=1\nSTATUS=bye");
        }
    }

    @Test
    void descriptors_afterManyMessages_areGivenBack() throws IOException {
        var name = directory.resolve("notify").toString();
        try (var systemd = new UnixReceiver(name)) {
            var notifier = Notifier.of(Map.of("NOTIFY_SOCKET", name), PID);
            notifier.status("first");
            var before = openDescriptors();
            for (var i = 0; i < 500; i++) {
                notifier.status("again");
                assertThat(systemd.received()).isNotEmpty();
            }
            // surefire's own come and go
            assertThat(openDescriptors()).isLessThan(before + 100);
        }
    }

    private static long openDescriptors() throws IOException {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    @Test
    void message_withNobodyListening_isNoTrouble() {
        var gone = directory.resolve("gone").toString();
        Notifier.of(Map.of("NOTIFY_SOCKET", gone), PID).ready("on");
        assertThatThrownBy(() -> UnixDatagram.send(gone, new byte[] {'x'}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(gone)
                .hasMessageContaining("No such file or directory");
    }

    @Test
    void nothing_isSent_whereSystemdDoesNotAsk() {
        for (var socket : List.of("", "vsock:2:1234", "relative/path")) {
            var notifier = Notifier.of(Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "1000000"), PID);
            notifier.ready("on");
            assertThat(notifier.isActive()).as(socket).isFalse();
            assertThat(notifier.watchdog()).as(socket).isEmpty();
        }
    }

    @Test
    void jna_isNotLoaded_whereSystemdDoesNotAsk() throws IOException, InterruptedException {
        var withoutJna = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("jna"))
                .collect(Collectors.joining(File.pathSeparator));
        var java = Javas.current();
        var child = new ProcessBuilder(java, "-cp", withoutJna, Silent.class.getName()).redirectErrorStream(true);
        child.environment().remove("NOTIFY_SOCKET");
        var process = child.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();

        child.environment().put("NOTIFY_SOCKET", directory.resolve("gone").toString());
        var active = child.start();
        assertThat(new String(active.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .containsOnlyOnce("systemd cannot be told 'READY=1': JNA does not load (");
        assertThat(active.waitFor()).isZero();
    }

    /** A daemon's whole life with systemd. */
    static final class Silent {
        private Silent() {}

        public static void main(String[] args) {
            var notifier = Notifier.ofProcess();
            notifier.ready("on");
            notifier.alive();
            notifier.stopping("off");
        }
    }

    @Test
    void watchdog_isOfThisProcessAlone() {
        assertThat(watchdog("1500000", "")).contains(Duration.ofMillis(1500));
        assertThat(watchdog("1500000", "4711")).contains(Duration.ofMillis(1500));
        assertThat(watchdog("1500000", "4712")).isEmpty();
        assertThat(watchdog("", "4711")).isEmpty();
        assertThat(watchdog("0", "")).isEmpty();
        assertThat(watchdog("-5", "")).isEmpty();
        assertThat(watchdog("soon", "")).isEmpty();
    }

    private static Optional<Duration> watchdog(String micros, String pid) {
        return Notifier.of(Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", micros, "WATCHDOG_PID", pid), PID)
                .watchdog();
    }

    @Test
    void watchdog_thatIsNotAsked_isNotFed() {
        var sent = new ArrayList<byte[]>();
        var notifier = new Notifier(Optional.of(sent::add), Optional.empty());
        notifier.alive();
        assertThat(sent).isEmpty();
    }
}
