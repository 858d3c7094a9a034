package io.walnutedge.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A certificate authority of a test's own, made with openssl. One thread. */
public final class Certificates {
    /** ASN.1's GeneralizedTime, as openssl-ca(1) takes it. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path directory;

    private Certificates(Path directory) {
        this.directory = directory;
    }

    /** Makes the authority in a directory that is not there yet. */
    public static Certificates in(Path directory) throws IOException {
        Files.createDirectory(directory);
        Files.createDirectory(directory.resolve("issued"));
        Files.writeString(directory.resolve("index"), "");
        Files.writeString(directory.resolve("ca.conf"), """
                [ca]
                default_ca = own
                [own]
                new_certs_dir = issued
                database = index
                rand_serial = yes
                default_md = sha256
                policy = any
                unique_subject = no
                copy_extensions = copy
                [any]
                commonName = supplied
                """);
        var certificates = new Certificates(directory);
        certificates.openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "3650",
                "-subj",
                "/CN=the authority of a test",
                "-keyout",
                "ca.key",
                "-out",
                "ca.crt");
        return certificates;
    }

    public Path authority() {
        return directory.resolve("ca.crt");
    }

    public Path key(String name) {
        return directory.resolve(name + ".key");
    }

    public Path certificate(String name) {
        return directory.resolve(name + ".crt");
    }

    /**
     * Issues a certificate, again perhaps.
     *
     * @param subject its alternative name, such as {@code IP:127.0.0.1} or {@code DNS:broker}
     * @param from when its validity begins, from now
     * @param to when it ends
     */
    public void issue(String name, String subject, Duration from, Duration to) throws IOException {
        var now = Instant.now();
        openssl(
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=" + subject,
                "-keyout",
                name + ".key",
                "-out",
                name + ".csr");
        openssl(
                "ca",
                "-batch",
                "-notext",
                "-config",
                "ca.conf",
                "-cert",
                "ca.crt",
                "-keyfile",
                "ca.key",
                "-startdate",
                TIME.format(now.plus(from)),
                "-enddate",
                TIME.format(now.plus(to)),
                "-in",
                name + ".csr",
                "-out",
                name + ".crt");
    }

    /** Issues one that is valid today. */
    public void issue(String name, String subject) throws IOException {
        issue(name, subject, Duration.ofDays(-1), Duration.ofDays(30));
    }

    private void openssl(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException missing) {
            throw new AssertionError("install openssl: this test makes certificates", missing);
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
