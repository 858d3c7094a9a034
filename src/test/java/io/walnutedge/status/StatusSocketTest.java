package io.walnutedge.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Command;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StatusSocketTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private String page = "{\"a\":1}";

    @SuppressWarnings("NullAway.Init")
    private StatusSocketServer server;

    /** Given once, before the page. */
    private String first = "";

    private String page() {
        var given = first.isEmpty() ? page : first;
        first = "";
        return given;
    }

    private Path start() {
        return start(LIMIT);
    }

    private Path start(Duration limit) {
        var socket = directory.resolve("control");
        server = new StatusSocketServer(
                socket,
                this::page,
                (thread, error) -> {
                    throw new AssertionError(error);
                },
                limit,
                Duration.ofMillis(100));
        server.start();
        return socket;
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void status_isAnswered_againAndAgain_alsoWhenItIsLong() throws Exception {
        var socket = start();
        assertThat(StatusSocketClient.ask(socket, StatusSocket.STATUS, LIMIT)).isEqualTo("{\"a\":1}");
        page = "x".repeat(1_000_000);
        assertThat(StatusSocketClient.ask(socket, StatusSocket.STATUS, LIMIT)).isEqualTo(page);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void otherQuestions_areRefused() throws Exception {
        var socket = start();
        assertThat(StatusSocketClient.ask(socket, "reboot", LIMIT)).contains("no such question; accepted: status");
    }

    @Test
    void clientThatSaysNothing_orTooMuch_isLeft_andTheNextIsServed() throws Exception {
        var socket = start(SHORT);
        try (var silent = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                var loud = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            loud.write(ByteBuffer.wrap(new byte[StatusSocket.MAX_QUESTION + 1]));
            assertThat(StatusSocketClient.ask(socket, StatusSocket.STATUS, LIMIT))
                    .isEqualTo(page);
            assertThat(silent.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void clientThatDoesNotRead_isLeft_andTheNextIsServed() throws Exception {
        var socket = start(SHORT);
        first = "x".repeat(3_000_000);
        try (var lazy = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            lazy.write(ByteBuffer.wrap("status\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            assertThat(StatusSocketClient.ask(socket, StatusSocket.STATUS, LIMIT))
                    .isEqualTo(page);
        }
    }

    @Test
    void staleSocket_isReplaced_andRemovedAtTheEnd() throws Exception {
        var socket = directory.resolve("control");
        try (var before = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            before.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(Files.exists(socket)).as("as a killed daemon leaves it").isTrue();
        start();
        assertThat(StatusSocketClient.ask(socket, StatusSocket.STATUS, LIMIT)).isEqualTo(page);
        server.close();
        assertThat(Files.exists(socket)).isFalse();
        assertThatThrownBy(() -> StatusSocketClient.ask(socket, StatusSocket.STATUS, LIMIT))
                .isInstanceOf(IOException.class);
    }

    @Test
    void socketOfARunningDaemon_isLeftAlone() throws Exception {
        var socket = start();
        var second = new StatusSocketServer(socket, () -> "second", (thread, error) -> {});
        second.start();
        second.close();
        assertThat(StatusSocketClient.ask(socket, StatusSocket.STATUS, LIMIT)).isEqualTo(page);
    }

    @Test
    void anythingElseOfThisName_isLeftAlone_andStopsNothing() throws Exception {
        var file = Files.writeString(directory.resolve("control"), "mine");
        start();
        server.close();
        assertThat(Files.readString(file)).isEqualTo("mine");
    }

    private enum Deed {
        DELETED,
        RENAMED,
        DIRECTORY_RENAMED,
        DIRECTORY_GONE;

        void to(Path socket) throws IOException {
            var parent = Objects.requireNonNull(socket.getParent());
            switch (this) {
                case DELETED -> Files.delete(socket);
                case RENAMED -> Files.move(socket, socket.resolveSibling("away"));
                case DIRECTORY_RENAMED -> {
                    Files.move(parent, parent.resolveSibling("elsewhere"));
                    Files.createDirectory(parent);
                }
                case DIRECTORY_GONE -> {
                    Files.delete(socket);
                    Files.delete(parent);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void socketThatSomebodyTookAway_isMadeAnew(Deed deed) throws Exception {
        directory = Files.createDirectory(directory.resolve("inside"));
        var socket = start();
        assertThat(StatusSocketClient.ask(socket, StatusSocket.STATUS, LIMIT)).isEqualTo(page);
        deed.to(socket);
        await().ignoreExceptions()
                .until(() -> StatusSocketClient.ask(socket, StatusSocket.STATUS, LIMIT)
                        .equals(page));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void directoryThatIsALink_isUsed() throws Exception {
        var real = Files.createDirectory(directory.resolve("card"));
        directory = Files.createSymbolicLink(directory.resolve("inside"), real);
        assertThat(StatusSocketClient.ask(start(), StatusSocket.STATUS, LIMIT)).isEqualTo(page);
        assertThat(Files.exists(real.resolve("control"))).isTrue();
    }

    /** The thread asks whether somebody answers on what stands there, and nobody does until after the close. */
    @Test
    void socketThatIsMadeAnewWhileItIsClosed_isRemoved() throws Exception {
        var socket = start();
        assertThat(StatusSocketClient.ask(socket, StatusSocket.STATUS, LIMIT)).isEqualTo(page);
        var address = UnixDomainSocketAddress.of(socket);
        Thread control;
        try (var another = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var first = SocketChannel.open(StandardProtocolFamily.UNIX);
                var second = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            var beside = UnixDomainSocketAddress.of(directory.resolve("another"));
            another.bind(beside, 1);
            // connect(2) waits when there are more than the backlog
            first.connect(beside);
            second.connect(beside);
            Files.move(beside.getPath(), socket, StandardCopyOption.ATOMIC_MOVE);
            control = await().until(StatusSocketTest::askingThread, Objects::nonNull);
            server.close();
        }
        control.join(LIMIT.toMillis());
        assertThat(control.isAlive()).isFalse();
        assertThat(Files.exists(socket)).isFalse();
        assertThatThrownBy(() -> SocketChannel.open(address)).isInstanceOf(IOException.class);
    }

    private static @Nullable Thread askingThread() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().equals("control"))
                .filter(each -> Stream.of(each.getValue())
                        .anyMatch(frame -> frame.getMethodName().equals("isAnswered")))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "dangling", "directory", "pipe", "file"})
    void whatIsPlanted_isNotTouched(String kind) throws Exception {
        var other = Files.writeString(directory.resolve("other"), "mine");
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("r--------"));
        var socket = directory.resolve("control");
        switch (kind) {
            case "link" -> Files.createSymbolicLink(socket, other);
            case "dangling" -> Files.createSymbolicLink(socket, directory.resolve("nothing"));
            case "directory" -> Files.createDirectory(socket);
            case "pipe" -> Command.output("mkfifo", socket.toString());
            default -> Files.createLink(socket, other);
        }
        start();
        server.close();
        assertThat(Files.exists(socket, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(directory.resolve("nothing")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
                .isEqualTo("r--------");
    }
}
