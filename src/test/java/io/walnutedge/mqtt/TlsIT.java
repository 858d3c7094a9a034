package io.walnutedge.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.config.MqttConfig.TlsConfig;
import io.walnutedge.testkit.Certificates;
import io.walnutedge.testkit.Mosquitto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS with a real broker: each thing that can be wrong is told, retried, never passed over, and overcome once it is right. */
class TlsIT {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path directory;

    private Certificates certificates;

    @BeforeEach
    void issue() throws IOException {
        certificates = Certificates.in(directory.resolve("ca"));
        certificates.issue("broker", "IP:127.0.0.1");
    }

    private Mosquitto broker(String... more) {
        var options = new ArrayList<>(List.of(
                "allow_anonymous true",
                "cafile " + certificates.authority(),
                "certfile " + certificates.certificate("broker"),
                "keyfile " + certificates.key("broker")));
        options.addAll(List.of(more));
        return Mosquitto.prepare(directory, options.toArray(String[]::new));
    }

    private TlsConfig trusting(boolean verifyHostName) {
        return new TlsConfig(Optional.of(certificates.authority()), Optional.empty(), Optional.empty(), verifyHostName);
    }

    private static void awaitError(LinkRig rig, String part) {
        await(part)
                .untilAsserted(() -> assertThat(rig.link.status().lastError()).contains(part));
        assertThat(rig.link.status().connected()).isFalse();
    }

    /** It is refused in these words, and accepted once the broker has a good certificate. */
    private void refusedUntilItIsRight(String words) throws IOException {
        try (var broker = broker()) {
            broker.start();
            try (var rig = new LinkRig(LinkRig.settings(broker.uri("ssl")), trusting(true), 10, "cpu")) {
                rig.link.start();
                awaitError(rig, words);
                broker.stop();
                certificates.issue("broker", "IP:127.0.0.1");
                broker.start();
                rig.awaitConnected();
            }
        }
    }

    @Test
    void aGoodCertificate_isAccepted() {
        try (var broker = broker()) {
            broker.start();
            try (var rig = new LinkRig(LinkRig.settings(broker.uri("ssl")), trusting(true), 10, "cpu")) {
                rig.link.start();
                rig.awaitConnected();
            }
        }
    }

    /** As on a board without a battery whose clock says 1970. */
    @Test
    void aCertificateOfTheFuture_isRefusedUntilTheClockIsRight() throws IOException {
        certificates.issue("broker", "IP:127.0.0.1", DAY, DAY.multipliedBy(30));
        refusedUntilItIsRight("not valid yet; is the clock of this board set?");
    }

    @Test
    void anExpiredCertificate_isRefused() throws IOException {
        certificates.issue("broker", "IP:127.0.0.1", DAY.multipliedBy(-30), DAY.negated());
        refusedUntilItIsRight("its certificate has expired");
    }

    @Test
    void aCertificateOfAnotherName_isRefused() throws IOException {
        certificates.issue("broker", "DNS:elsewhere");
        refusedUntilItIsRight("its certificate is not for '127.0.0.1'");
    }

    @Test
    void aCertificateOfAnotherName_isAccepted_whereTheUserSaysSo() throws IOException {
        certificates.issue("broker", "DNS:elsewhere");
        try (var broker = broker()) {
            broker.start();
            try (var rig = new LinkRig(LinkRig.settings(broker.uri("ssl")), trusting(false), 10, "cpu")) {
                rig.link.start();
                rig.awaitConnected();
            }
        }
    }

    @Test
    void anUnknownAuthority_isRefused() throws IOException {
        try (var broker = broker()) {
            broker.start();
            try (var rig = new LinkRig(LinkRig.settings(broker.uri("ssl")), LinkRig.NO_TLS, 10, "cpu")) {
                rig.link.start();
                awaitError(rig, "not issued by a CA that is trusted here; give mqtt.tls.ca-file");
            }
        }
    }

    private void refused(String uri, TlsConfig tls, String words) {
        try (var rig = new LinkRig(LinkRig.settings(BrokerAddress.of(uri)), tls, 10, "cpu")) {
            rig.link.start();
            awaitError(rig, words);
        }
    }

    @Test
    void aPlainClientOnAPortWithTls_isTold() {
        try (var broker = broker()) {
            broker.start();
            refused("tcp://127.0.0.1:" + broker.port(), LinkRig.NO_TLS, "TLS");
        }
    }

    @Test
    void aClientWithTlsOnAPlainPort_isTold() {
        try (var broker = Mosquitto.start(directory)) {
            refused("ssl://127.0.0.1:" + broker.port(), trusting(true), "not speak TLS at all");
        }
    }

    /** As on the port of a router's page, of an SSH server, and of a service that waits for the client. */
    @ParameterizedTest
    @CsvSource({
        "tcp, HTTP/1.1 400 Bad Request, a web server (HTTP)",
        "tcp, SSH-2.0-OpenSSH_9.2, does not speak MQTT",
        "ssl, HTTP/1.1 400 Bad Request, does not speak TLS",
        "ssl, SSH-2.0-OpenSSH_9.2, does not speak TLS",
        "ssl, '', not speak TLS at all"
    })
    void anotherService_isTold(String scheme, String says, String words) throws IOException {
        try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var thread = new Thread(() -> serve(server, says));
            thread.start();
            refused(scheme + "://127.0.0.1:" + server.getLocalPort(), LinkRig.NO_TLS, words);
        }
    }

    private static void serve(ServerSocket server, String says) {
        try {
            while (!server.isClosed()) {
                try (var client = server.accept()) {
                    client.getInputStream().read();
                    client.getOutputStream()
                            .write((says + "\r\n")
                                    .substring(says.isEmpty() ? 2 : 0)
                                    .getBytes(StandardCharsets.US_ASCII));
                    client.getInputStream().skip(10);
                }
            }
        } catch (IOException over) {
            // the test has ended
        }
    }

    private TlsConfig showing(String name) {
        return new TlsConfig(
                Optional.of(certificates.authority()),
                Optional.of(certificates.certificate(name)),
                Optional.of(certificates.key(name)),
                true);
    }

    @Test
    void whatTheBrokerHasAgainstOurCertificate_isTold() throws IOException {
        certificates.issue("old", "DNS:board", DAY.multipliedBy(-30), DAY.negated());
        var others = Certificates.in(directory.resolve("others"));
        others.issue("foreign", "DNS:board");
        var foreign = new TlsConfig(
                Optional.of(certificates.authority()),
                Optional.of(others.certificate("foreign")),
                Optional.of(others.key("foreign")),
                true);
        try (var broker = broker("require_certificate true")) {
            broker.start();
            var uri = "ssl://127.0.0.1:" + broker.port();
            refused(uri, trusting(true), "a client certificate");
            refused(uri, showing("old"), "certificate");
            refused(uri, foreign, "certificate");
        }
    }

    @Test
    void aClientCertificate_isShown_whereTheBrokerWantsOne() throws IOException {
        certificates.issue("board", "DNS:board");
        try (var broker = broker("require_certificate true")) {
            broker.start();
            try (var rig = new LinkRig(LinkRig.settings(broker.uri("ssl")), trusting(true), 10, "cpu")) {
                rig.link.start();
                await("refused").until(() -> !rig.link.status().lastError().isEmpty());
                assertThat(rig.link.status().connected()).isFalse();
            }
            var own = new TlsConfig(
                    Optional.of(certificates.authority()),
                    Optional.of(certificates.certificate("board")),
                    Optional.of(certificates.key("board")),
                    true);
            try (var rig = new LinkRig(LinkRig.settings(broker.uri("ssl")), own, 10, "cpu")) {
                rig.link.start();
                rig.awaitConnected();
            }
        }
    }
}
