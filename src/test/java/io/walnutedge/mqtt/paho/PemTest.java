package io.walnutedge.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.config.MqttConfig.TlsConfig;
import io.walnutedge.testkit.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that may stand where a file of certificates or a key should, in each of the three places. */
class PemTest {
    @TempDir
    private Path directory;

    private Certificates certificates;

    @BeforeEach
    void issue() throws IOException {
        certificates = Certificates.in(directory.resolve("ca"));
        certificates.issue("board", "DNS:board");
        certificates.issue("other", "DNS:other");
    }

    private static Path der(Path pem, Path to) throws IOException {
        var body = Files.readString(pem).replaceAll("(?s).*-----BEGIN [A-Z ]+-----(.*)-----END.*", "$1");
        return Files.write(to, Base64.getMimeDecoder().decode(body));
    }

    private Path file(String kind) throws Exception {
        var file = directory.resolve("file");
        return switch (kind) {
            case "directory" -> Files.createDirectory(file);
            case "fifo" -> {
                assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                        .isZero();
                yield file;
            }
            case "device" -> Path.of("/dev/null");
            case "empty" -> Files.writeString(file, "");
            case "blank" -> Files.writeString(file, " \n\n");
            case "garbage" -> Files.writeString(file, "this is no PEM");
            case "binary" -> Files.write(file, new byte[] {0, 1, 2, (byte) 0xff});
            case "large" -> Files.write(file, new byte[(1 << 20) + 1]);
            case "der" -> der(certificates.certificate("board"), file);
            case "der-key" -> der(certificates.key("board"), file);
            case "certificate" -> certificates.certificate("board");
            case "key" -> certificates.key("board");
            case "damaged" -> Files.writeString(file, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
            case "damaged-key" ->
                Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n");
            case "base64" -> Files.writeString(file, "-----BEGIN CERTIFICATE-----\nM\n-----END CERTIFICATE-----\n");
            case "encrypted" ->
                Files.writeString(
                        file, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n");
            case "cut" -> Files.writeString(file, "-----BEGIN CERTIFICATE-----\nMIIB\n");
            default -> directory.resolve("missing");
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing     | does not exist",
                "directory   | is a directory, not a file; name one file",
                "fifo        | is a FIFO, a socket or a device",
                "device      | is a FIFO, a socket or a device",
                "empty       | is empty",
                "blank       | is empty",
                "garbage     | holds nothing in PEM form",
                "binary      | holds nothing in PEM form",
                "cut         | holds nothing in PEM form",
                "large       | is larger than 1 MiB",
                "der         | is in DER form, not PEM",
                "key         | holds no certificate in PEM form",
                "damaged     | is damaged",
                "base64      | is damaged",
            })
    void wrongCertificates_sayWhatTheyAre(String kind, String words) throws Exception {
        var file = file(kind);
        for (var config : new TlsConfig[] {
            new TlsConfig(Optional.of(file), Optional.empty(), Optional.empty(), true),
            new TlsConfig(Optional.empty(), Optional.of(file), Optional.of(certificates.key("board")), true)
        }) {
            assertThatThrownBy(() -> Tls.load(config))
                    .isInstanceOf(TlsException.class)
                    .hasMessageContaining(words)
                    .hasMessageContaining(file.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing     | does not exist",
                "directory   | is a directory, not a file",
                "fifo        | is a FIFO, a socket or a device",
                "empty       | is empty",
                "garbage     | holds nothing in PEM form",
                "der-key     | openssl pkey -inform der",
                "certificate | are certificate-file and key-file swapped?",
                "damaged-key | neither RSA nor EC, or is damaged",
                "encrypted   | is encrypted",
            })
    void wrongKeys_sayWhatTheyAre(String kind, String words) throws Exception {
        var file = file(kind);
        var config = new TlsConfig(
                Optional.empty(), Optional.of(certificates.certificate("board")), Optional.of(file), true);
        assertThatThrownBy(() -> Tls.load(config))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining(words);
    }

    @Test
    void keyOfAnother_isTold() {
        var config = new TlsConfig(
                Optional.empty(),
                Optional.of(certificates.certificate("board")),
                Optional.of(certificates.key("other")),
                true);
        assertThatThrownBy(() -> Tls.load(config)).hasMessageContaining("is not the key of the first certificate");
    }

    @Test
    void goodFiles_areLoaded() throws Exception {
        var config = new TlsConfig(
                Optional.of(certificates.authority()),
                Optional.of(certificates.certificate("board")),
                Optional.of(certificates.key("board")),
                true);
        assertThat(Tls.load(config)).isNotNull();
    }
}
